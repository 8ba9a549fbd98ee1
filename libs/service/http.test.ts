import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endpoints } from '@sightline/contracts';
import { buildHttp } from './http.ts';
import { implement } from './implement.ts';
import { createLogger } from './logger.ts';
import { ProblemError } from './problem.ts';
import { createTestGuard } from './testing.ts';

const origin = 'https://sightline.example';

async function buildTestApp() {
  const { guard, token } = await createTestGuard();
  const logger = createLogger('test', 'silent');
  const checks = { database: () => Promise.reject(new Error('refused')) };
  const app = await buildHttp({ service: 'registry', logger, guard, origins: [origin], checks });
  implement(app, endpoints.renameSite, async ({ params }) => ({ id: params.id, position: 7 }));
  implement(app, endpoints.listSites, async () => {
    throw new ProblemError(409, 'Taken.', { code: 'conflict', expected: '3', got: '4' });
  });
  implement(app, endpoints.listAreas, async () => {
    throw new Error('password=hunter2');
  });
  return { app, token };
}

const rename = { method: 'POST', url: '/api/sites/north/rename', payload: { name: 'North' } } as const;

test('an administrator of an allowed origin gets through', async () => {
  const { app, token } = await buildTestApp();
  const authorization = `Bearer ${await token({ role: 'administrator' })}`;
  const answer = await app.inject({ ...rename, headers: { authorization, origin } });
  assert.deepEqual([answer.statusCode, answer.json()], [200, { id: 'north', position: 7 }]);
});

test('the cookie counts as the bearer token does', async () => {
  const { app, token } = await buildTestApp();
  const answer = await app.inject({ ...rename, cookies: { sl_access: await token({ role: 'administrator' }) } });
  assert.equal(answer.statusCode, 200);
});

test('nobody, a viewer and a foreign page are refused', async () => {
  const { app, token } = await buildTestApp();
  const bearer = async (role: 'viewer' | 'administrator') => `Bearer ${await token({ role })}`;
  const status = async (headers: Record<string, string>) => (await app.inject({ ...rename, headers })).statusCode;
  assert.equal(await status({}), 401);
  assert.equal(await status({ authorization: await bearer('viewer') }), 403);
  assert.equal(await status({ authorization: await bearer('administrator'), origin: 'https://evil.example' }), 403);
  assert.equal(await status({ authorization: await bearer('administrator'), 'sec-fetch-site': 'cross-site' }), 403);
});

test('a route that does not state its access does not start', async () => {
  const { app } = await buildTestApp();
  assert.throws(() => app.get('/open', () => 'hello'), /does not state who may use it/);
});

test('a bad body is told field by field and never repeated', async () => {
  const { app, token } = await buildTestApp();
  const authorization = `Bearer ${await token({ role: 'administrator' })}`;
  const answer = await app.inject({ ...rename, payload: { name: 'x'.repeat(101) }, headers: { authorization } });
  assert.equal(answer.statusCode, 400);
  assert.equal(answer.headers['content-type'], 'application/problem+json');
  assert.match(answer.json().detail, /name/);
  assert.doesNotMatch(answer.body, /xxxx/);
});

test('a problem carries what was expected and what came', async () => {
  const { app, token } = await buildTestApp();
  const answer = await app.inject({ url: '/api/sites', headers: { authorization: `Bearer ${await token()}` } });
  const { code, expected, got, status } = answer.json();
  assert.deepEqual({ code, expected, got, status }, { code: 'conflict', expected: '3', got: '4', status: 409 });
});

test('an unforeseen error tells nothing of its inside', async () => {
  const { app, token } = await buildTestApp();
  const answer = await app.inject({ url: '/api/areas', headers: { authorization: `Bearer ${await token()}` } });
  assert.equal(answer.statusCode, 500);
  assert.doesNotMatch(answer.body, /hunter2/);
});

test('an unknown path is a problem too', async () => {
  const { app } = await buildTestApp();
  const answer = await app.inject({ url: '/nothing' });
  assert.deepEqual([answer.statusCode, answer.headers['content-type']], [404, 'application/problem+json']);
});

test('health says that it runs, ready says what is missing', async () => {
  const { app } = await buildTestApp();
  assert.equal((await app.inject({ url: '/health' })).statusCode, 200);
  const ready = await app.inject({ url: '/ready' });
  assert.equal(ready.statusCode, 503);
  assert.deepEqual(ready.json().parts, [{ name: 'database', works: false, error: 'refused' }]);
});

test('metrics and the OpenAPI document are served', async () => {
  const { app } = await buildTestApp();
  assert.match((await app.inject({ url: '/metrics' })).body, /process_cpu_seconds_total/);
  const document = (await app.inject({ url: '/api/registry/openapi.json' })).json();
  assert.equal(document.openapi, '3.1.0');
  assert.ok(document.paths['/api/cameras/{id}/rename'].post);
});

/** The answers to as many requests as one caller has a minute, and to one more. */
async function tooOften(ask: () => Promise<number>): Promise<number[]> {
  for (let n = 1; n < 600; n += 1) await ask();
  return [await ask(), await ask()];
}

test('a session that asks too often is held back, others behind the same address are not', async () => {
  const { app, token } = await buildTestApp();
  const asking = async (sid: string) => {
    const headers = { authorization: `Bearer ${await token({ sid })}` };
    return async () => (await app.inject({ url: '/api/sites', headers })).statusCode;
  };
  assert.deepEqual(await tooOften(await asking('busy')), [409, 429]);
  assert.equal(await (await asking('other'))(), 409);
});

test('who is not signed in counts by address', async () => {
  const { app } = await buildTestApp();
  const ask = async () => (await app.inject({ url: '/api/registry/openapi.json' })).statusCode;
  assert.deepEqual(await tooOften(ask), [200, 429]);
});
