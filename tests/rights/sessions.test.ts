import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { domainEvents } from '@sightline/contracts';
import { listParked, openEventLog, startConsumer } from '@sightline/event-log';
import { connectPostgres, createLogger } from '@sightline/service';
import { Client as PgClient } from 'pg';
import { WebSocket } from 'ws';
import { Client, operator, viewer } from '../support/client.ts';
import { openOverlay } from '../support/overlay.ts';
import { type System, startSystem } from '../support/system.ts';
import { databaseUrl, logCommand, streamsOf, writtenBy } from '../support/traces.ts';
import { until } from '../support/until.ts';

const logger = createLogger('test', 'silent');
/** What is done before this is done at once: all rooms are looked at again ten seconds later. */
const nextLookMs = 9_000;
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

/** Enters an area's room by signalling alone, as the console begins; whether it is still let be in. */
async function enter(client: Client, area: string): Promise<{ isIn(): boolean }> {
  const { token } = (await client.post('/api/media-token', { area })).body;
  const url = `${system.stack.url.replace('http', 'ws')}/rtc?access_token=${token}&auto_subscribe=0&protocol=15`;
  const socket = new WebSocket(url, { headers: { cookie: client.cookie }, origin: system.stack.url });
  await once(socket, 'message');
  return { isIn: () => socket.readyState === socket.OPEN };
}

test('who watches is removed when his right is taken away, or soon after when that was missed', async () => {
  const [gus, hal] = [
    await viewer(system.stack, 'gus', ['yard', 'vault']),
    await viewer(system.stack, 'hal', ['yard']),
  ];
  const [vault, yard, other] = [await enter(gus, 'vault'), await enter(gus, 'yard'), await enter(hal, 'yard')];
  await administrator.put('/api/users/gus/rights', { role: 'viewer', areas: ['yard'] });
  await until('the vault is left', async () => !vault.isIn(), nextLookMs);
  assert.ok(yard.isIn());
  const database = new PgClient(databaseUrl(system.stack));
  await database.connect();
  await database.query(`update auth.sessions set ended_at = now() where user_id = 'gus'`);
  await database.end();
  await until('the yard is left', async () => !yard.isIn());
  assert.ok(other.isIn());
});

test('an erased person is signed out, and the name is nowhere to be read while the log stays as it was sealed', async () => {
  const { stack } = system;
  const [username, password] = ['Zoe.Quarterstaff', 'the password of zoe'];
  const person = { username, password, role: 'viewer', areas: ['yard'] };
  const { id } = (await administrator.post('/api/users', person)).body;
  const zoe = new Client(stack.url);
  assert.equal((await zoe.signIn(username.toLowerCase(), password)).body.username, username);
  assert.equal((await administrator.post('/api/users', { ...person, username: username.toUpperCase() })).status, 409);
  const overlay = await openOverlay(stack, { cookie: zoe.cookie });
  await parkWhatNames(id);
  assert.equal((await zoe.delete(`/api/users/${id}/person`)).status, 403);

  const { status, body } = await administrator.delete(`/api/users/${id}/person`);
  assert.equal(status, 200);
  await until('the socket is closed', async () => overlay.closed.code === 4401);
  assert.equal((await zoe.post('/api/session/refresh')).status, 401);
  assert.equal((await new Client(stack.url).signIn(username, password)).status, 401);
  const { users } = (await administrator.get('/api/users')).body;
  const found = users.find((user: { id: string }) => user.id === id);
  assert.deepEqual([found.username, found.active, found.erased], ['erased person', false, true]);

  assert.match(await logCommand(stack, 'seal'), /Signed/);
  await until('the relay has told it', async () => (await streamsOf(stack)).get('LOG')?.includes('PersonErased'));
  const places = await writtenBy(stack);
  for (const place of ['export', 'LOG', 'table log.events', 'table auth.users', 'table auth.parked'])
    assert.ok(places.get(place)?.includes(id), `${place} tells of the user`);
  for (const [place, text] of places)
    assert.equal(text.toLowerCase().includes('quarterstaff'), false, `${place} has the name`);
  assert.equal(places.get('table auth.person_keys')?.includes(id), false);
  const verdict = JSON.parse(await logCommand(stack, 'verify', '--json'));
  assert.ok(verdict.intact && verdict.sealed >= body.position, JSON.stringify(verdict));

  assert.equal((await administrator.delete(`/api/users/${id}/person`)).body.code, 'erased');
  assert.equal((await administrator.delete('/api/users/nobody/person')).status, 404);
  assert.equal((await administrator.delete('/api/users/administrator/person')).body.code, 'last_administrator');
  assert.equal((await administrator.post('/api/users', person)).status, 201);
});

/** Leaves a dead letter with all that an event of a user's name says. */
async function parkWhatNames(id: string): Promise<void> {
  const pool = connectPostgres({ url: databaseUrl(system.stack), service: 'test', logger });
  const log = openEventLog({ pool, logger, schemas: domainEvents });
  const handle = async ({ data }: { data: unknown }) => {
    throw new Error(JSON.stringify(data));
  };
  const broken = startConsumer({
    log,
    pool,
    schema: 'auth',
    name: 'broken',
    types: ['UserNamed'],
    tries: 1,
    handle,
    logger,
  });
  await until('it is parked', async () => JSON.stringify(await listParked(pool, { schema: 'auth' })).includes(id));
  await broken.close();
  log.close();
  await pool.end();
}

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

test('a name that stands in clear from before is sealed at the next start, and still signs in', async () => {
  const { stack } = system;
  await viewer(stack, 'jane', []);
  const client = new PgClient({ connectionString: databaseUrl(stack) });
  await client.connect();
  await client.query("update auth.accounts set username = 'Jane', name_hash = null where user_id = 'jane'");
  await client.query("delete from auth.person_keys where user_id = 'jane'");
  await stack.child('auth-2').stop();
  stack.child('auth-2').start();
  const left = () => client.query('select from auth.accounts where username is not null');
  await until('no name is in clear', async () => (await left()).rowCount === 0);
  await client.end();
  const again = () => new Client(stack.url).signIn('jane', 'the password of jane');
  await until('the name is known', async () => (await again()).body.username === 'Jane');
});
