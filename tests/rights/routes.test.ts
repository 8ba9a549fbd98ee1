import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Endpoint, endpoints } from '@sightline/contracts';
import { Client, operator, viewer } from '../support/client.ts';
import { type System, startSystem } from '../support/system.ts';

let system: System;
let ann: Client;

before(async () => {
  system = await startSystem();
  const administrator = await operator(system.stack);
  await administrator.post('/api/sites', { id: 'north', name: 'North' });
  for (const area of ['yard', 'vault']) await administrator.post('/api/areas', { id: area, site: 'north', name: area });
  for (const [id, area] of [
    ['open', 'yard'],
    ['secret', 'vault'],
  ] as const) {
    const sources = { main: { url: 'rtsp://ann:hunter2@10.0.0.7/main' } };
    await administrator.post('/api/cameras', { id, area, name: id, sources, enabled: false });
  }
  ann = await viewer(system.stack, 'ann', ['yard']);
});

after(() => system?.end());

const routes = Object.entries<Endpoint>(endpoints).filter(([name]) => name !== 'admitMedia');
const pathOf = ({ path }: Endpoint) => path.replace(/:\w+/g, 'open');
const bodyOf = ({ method }: Endpoint) => (method === 'GET' || method === 'DELETE' ? undefined : {});

for (const [name, endpoint] of routes) {
  if (endpoint.access !== 'public') {
    test(`${name}: nobody gets in without a token, with rubbish, or with a token of somebody else's making`, async () => {
      const forged = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"role":"administrator"}').toString('base64url')}.`;
      for (const authorization of ['', 'Bearer rubbish', `Bearer ${forged}`]) {
        const answer = await new Client(system.stack.url).call(endpoint.method, pathOf(endpoint), bodyOf(endpoint), {
          authorization,
        });
        assert.equal(answer.status, 401, JSON.stringify(answer.body));
      }
    });
  }
  if (endpoint.access === 'administrator') {
    test(`${name}: a viewer is refused`, async () => {
      assert.equal((await ann.call(endpoint.method, pathOf(endpoint), bodyOf(endpoint))).status, 403);
    });
  }
  if (endpoint.method !== 'GET') {
    test(`${name}: a page of another origin is refused`, async () => {
      const answer = await ann.call(endpoint.method, pathOf(endpoint), bodyOf(endpoint), {
        origin: 'http://evil.example',
      });
      assert.deepEqual([answer.status, answer.body.code], [403, 'origin']);
    });
  }
}

test('a viewer lists and opens what his areas hold, and nothing else exists for him', async () => {
  const { body } = await ann.get('/api/cameras');
  assert.deepEqual(
    body.cameras.map(({ id }: { id: string }) => id),
    ['open'],
  );
  assert.equal((await ann.get('/api/cameras/open')).status, 200);
  const [hidden, missing] = [await ann.get('/api/cameras/secret'), await ann.get('/api/cameras/nonsense')];
  assert.deepEqual([hidden.status, hidden.body.detail], [404, missing.body.detail]);
  assert.deepEqual(
    (await ann.get('/api/areas')).body.areas.map(({ id }: { id: string }) => id),
    ['yard'],
  );
});

test('a viewer never sees the address of a camera, nobody ever its password', async () => {
  assert.equal((await ann.get('/api/cameras/open')).body.sources, undefined);
  const { body } = await (await operator(system.stack)).get('/api/cameras/open');
  assert.deepEqual(body.sources, { main: { url: 'rtsp://10.0.0.7/main' } });
  assert.equal(body.hasCredentials, true);
});

test('detections of a camera that one may not see are as if there were none', async () => {
  assert.equal((await ann.get('/api/detections?camera=open')).status, 200);
  assert.equal((await ann.get('/api/detections?camera=secret')).status, 404);
});

test("a media token is given for an area of one's own, and opens no other door", async () => {
  const own = await ann.post('/api/media-token', { area: 'yard' });
  assert.equal(own.status, 200);
  assert.equal((await ann.post('/api/media-token', { area: 'vault' })).status, 404);
  const bob = await viewer(system.stack, 'bob', ['vault']);
  const path = `/rtc?access_token=${own.body.token}`;
  assert.notEqual((await ann.get(path)).status, 403);
  assert.equal((await bob.get(path)).status, 403);
  assert.equal((await new Client(system.stack.url).get(path)).status, 401);
  assert.equal((await ann.get('/rtc?access_token=rubbish')).status, 403);
  const other = (await bob.post('/api/media-token', { area: 'vault' })).body.token;
  for (const trick of [`${own.body.token};&access_token=${other}`, `${own.body.token}&access%5Ftoken=${other}`])
    assert.equal((await ann.get(`/rtc?access_token=${trick}`)).status, 403, trick);
});

test('what operators look at is not to be reached through the public origin', async () => {
  for (const path of ['/health', '/ready', '/metrics', '/api/media-admission']) {
    const answer = await new Client(system.stack.url).get(path);
    assert.ok(
      answer.status !== 200 || answer.headers.get('content-type')?.includes('text/html'),
      `${path} ${answer.status}`,
    );
  }
});
