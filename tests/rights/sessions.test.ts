import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client, operator, viewer } from '../support/client.ts';
import { openOverlay } from '../support/overlay.ts';
import { type System, startSystem } from '../support/system.ts';
import { until } from '../support/until.ts';

let system: System;
let administrator: Client;

before(async () => {
  system = await startSystem({ copies: 2, parts: ['postgres', 'redis', 'nats', 'livekit', 'caddy'] });
  administrator = await operator(system.stack);
  await administrator.post('/api/sites', { id: 'north', name: 'North' });
  for (const area of ['yard', 'vault']) {
    await administrator.post('/api/areas', { id: area, site: 'north', name: area });
    const sources = { main: { url: 'rtsp://10.0.0.7/main' } };
    await administrator.post('/api/cameras', { id: `${area}cam`, area, name: area, sources, enabled: false });
  }
});

after(() => system?.end());

test('the one-time password is good for choosing another one, and for nothing else', async () => {
  const oneTime = (await system.stack.takeFirstPassword()) ?? '';
  const first = new Client(system.stack.url);
  assert.equal((await first.signIn('administrator', oneTime)).body.mustChangePassword, true);
  assert.equal((await first.get('/api/users')).status, 403);
  assert.equal((await first.post('/api/media-token', { area: 'yard' })).status, 404);
  assert.equal((await first.post('/api/session/password', { current: oneTime, next: 'short' })).status, 400);
  assert.equal(
    (await first.post('/api/session/password', { current: oneTime, next: 'a much better one' })).status,
    200,
  );
  assert.equal((await first.get('/api/users')).status, 200);
  assert.equal((await new Client(system.stack.url).signIn('administrator', oneTime)).status, 401);
});

test('the last administrator can be neither demoted nor deactivated', async () => {
  const demote = await administrator.put('/api/users/administrator/rights', { role: 'viewer', areas: [] });
  assert.deepEqual([demote.status, demote.body.code], [409, 'last_administrator']);
  assert.equal((await administrator.delete('/api/users/administrator')).status, 409);
});

test('cookies are out of reach of scripts and of other sites', async () => {
  await viewer(system.stack, 'cara', []);
  const answer = await new Client(system.stack.url).signIn('cara', 'the password of cara');
  const cookies = answer.headers.getSetCookie();
  assert.equal(cookies.length, 2);
  for (const cookie of cookies) assert.match(cookie, /HttpOnly; SameSite=Strict/);
});

test('an unknown name is answered as a wrong password is', async () => {
  const [unknown, wrong] = [
    await new Client(system.stack.url).signIn('nobody', 'x'),
    await new Client(system.stack.url).signIn('cara', 'x'),
  ];
  assert.deepEqual([unknown.status, unknown.body.detail], [wrong.status, wrong.body.detail]);
});

test('guessing is slowed down after ten wrong passwords', async () => {
  await viewer(system.stack, 'dora', []);
  const statuses: number[] = [];
  for (let guess = 0; guess < 25; guess += 1)
    statuses.push((await new Client(system.stack.url).signIn('dora', `guess ${guess}`)).status);
  assert.ok(statuses.includes(429), statuses.join());
  assert.equal((await new Client(system.stack.url).signIn('cara', 'the password of cara')).status, 200);
});

test('boxes come for the areas given, and for no camera of another', async () => {
  const ann = await viewer(system.stack, 'ann', ['yard']);
  const overlay = await openOverlay(system.stack, { cookie: ann.cookie });
  overlay.subscribe('yardcam', 'vaultcam', 'nonsense');
  await overlay.seen('the yard', ({ type, camera }) => type === 'subscribed' && camera === 'yardcam');
  const denied = await overlay.seen(
    'the vault denied',
    ({ type, camera }) => type === 'denied' && camera === 'vaultcam',
  );
  const missing = await overlay.seen(
    'nonsense denied',
    ({ type, camera }) => type === 'denied' && camera === 'nonsense',
  );
  assert.equal(denied.reason, missing.reason);
  overlay.socket.close();
});

test('a right taken away ends the open subscription, without anybody asking', async () => {
  const eve = await viewer(system.stack, 'eve', ['yard', 'vault']);
  const overlay = await openOverlay(system.stack, { cookie: eve.cookie });
  overlay.subscribe('yardcam', 'vaultcam');
  await overlay.seen('both', ({ type, camera }) => type === 'subscribed' && camera === 'vaultcam');
  await administrator.put('/api/users/eve/rights', { role: 'viewer', areas: ['yard'] });
  await overlay.seen('the vault taken away', ({ type, camera }) => type === 'denied' && camera === 'vaultcam');
  assert.equal(
    overlay.messages.some(({ type, camera }) => type === 'denied' && camera === 'yardcam'),
    false,
  );
  await until('the list is shorter', async () => (await eve.get('/api/cameras')).body.cameras.length === 1);
  assert.equal((await eve.post('/api/media-token', { area: 'vault' })).status, 404);
  overlay.socket.close();
});

test('signing out, a new password and deactivation end what is open', async () => {
  const fay = await viewer(system.stack, 'fay', ['yard']);
  const other = new Client(system.stack.url);
  await other.signIn('fay', 'the password of fay');
  const [first, second] = [
    await openOverlay(system.stack, { cookie: fay.cookie }),
    await openOverlay(system.stack, { cookie: other.cookie }),
  ];
  assert.equal(
    (await other.post('/api/session/password', { current: 'the password of fay', next: 'another password' })).status,
    200,
  );
  await until('the other session is closed', async () => first.closed.code === 4401);
  assert.equal(second.closed.code, undefined);
  assert.equal((await fay.get('/api/cameras')).status, 401);
  await administrator.delete('/api/users/fay');
  await until('the last session is closed', async () => second.closed.code === 4401);
  assert.equal((await other.post('/api/session/refresh')).status, 401);
  assert.equal((await new Client(system.stack.url).signIn('fay', 'another password')).status, 401);
});

test('signed out is signed out everywhere', async () => {
  const gil = await viewer(system.stack, 'gil', ['yard']);
  const kept = gil.cookie;
  assert.equal((await gil.delete('/api/session')).status, 204);
  const thief = new Client(system.stack.url, { cookie: kept });
  await until('the token is refused', async () => (await thief.get('/api/cameras', { cookie: kept })).status === 401);
});

test('what a socket must not do is refused: a foreign origin, an unknown subprotocol, no session', async () => {
  const hal = await viewer(system.stack, 'hal', ['yard']);
  await assert.rejects(openOverlay(system.stack, { cookie: hal.cookie, origin: 'http://evil.example' }), /403/);
  await assert.rejects(openOverlay(system.stack, { cookie: hal.cookie, protocol: 'mqtt' }), /400/);
  await assert.rejects(openOverlay(system.stack, { cookie: '' }), /401/);
});

test('a dead auth stops new sign-ins and nothing else', async () => {
  const ida = await viewer(system.stack, 'ida', ['yard']);
  const overlay = await openOverlay(system.stack, { cookie: ida.cookie });
  await Promise.all(['auth', 'auth-2'].map((name) => system.stack.child(name).stop()));
  assert.equal((await ida.get('/api/cameras')).status, 200);
  overlay.subscribe('yardcam');
  await overlay.seen('the yard', ({ type }) => type === 'subscribed');
  const refused = await new Client(system.stack.url).signIn('ida', 'the password of ida');
  assert.ok(refused.status >= 500, String(refused.status));
  for (const name of ['auth', 'auth-2']) system.stack.child(name).start();
  await until(
    'sign-ins again',
    async () => (await new Client(system.stack.url).signIn('ida', 'the password of ida')).status === 200,
  );
  overlay.socket.close();
});
