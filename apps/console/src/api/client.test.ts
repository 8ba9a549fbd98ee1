import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endpoints } from '@sightline/contracts/http/index';
import { ApiError, send, urlOf } from './client.ts';

const answering = (status: number, body: string) =>
  Object.assign(globalThis, { fetch: async () => new Response(body, { status }) });

test('parameters are filled in and escaped', () => {
  assert.equal(urlOf('/api/cameras/:id/rename', { id: 'a/b' }, undefined), '/api/cameras/a%2Fb/rename');
});

test('a query holds only what is given', () => {
  assert.equal(urlOf('/api/cameras', undefined, { area: 'yard', site: undefined }), '/api/cameras?area=yard');
});

test('an answer is what the contract says', async () => {
  answering(200, '{"sites":[{"id":"north","name":"North"}]}');
  assert.deepEqual(await send(endpoints.listSites), { sites: [{ id: 'north', name: 'North' }] });
});

test('a refusal carries the problem of the service', async () => {
  answering(403, '{"title":"Forbidden","status":403,"detail":"Only an administrator may do this.","hint":"Ask one."}');
  await assert.rejects(send(endpoints.listUsers), (error: unknown) => {
    assert.ok(error instanceof ApiError);
    assert.equal(error.message, 'Only an administrator may do this. Ask one.');
    return !error.unreachable;
  });
});

test('a proxy without a service behind it is not reachable', async () => {
  answering(502, '<html>Bad gateway</html>');
  await assert.rejects(send(endpoints.listSites), (error: unknown) => error instanceof ApiError && error.unreachable);
});

test('what is settled as the page goes is sent all the same, unless it is large', async () => {
  const kept: (boolean | undefined)[] = [];
  const fetch = async (_url: string, { keepalive }: RequestInit) => {
    kept.push(keepalive);
    return new Response('{"title":"No","status":422,"detail":"No.","hint":""}', { status: 422 });
  };
  Object.assign(globalThis, { fetch });
  const refused = (error: unknown) => error instanceof ApiError && error.refused;
  const rename = (name: string) => send(endpoints.renameCamera, { params: { id: 'gate' }, body: { name } });
  await assert.rejects(rename('Gate'), refused);
  await assert.rejects(rename('ä'.repeat(30_000)), refused);
  await assert.rejects(send(endpoints.listSites), refused);
  assert.deepEqual(kept, [true, false, false]);
});
