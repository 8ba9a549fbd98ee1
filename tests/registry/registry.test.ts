import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { jetstreamManager } from '@nats-io/jetstream';
import { DesiredCamera, DirectoryEntry, LogMessage } from '@sightline/contracts';
import { listRebuilds, requestRebuild } from '@sightline/event-log';
import { Pool } from 'pg';
import { type Client, operator } from '../support/client.ts';
import { natsAsAdmin, valuesOf } from '../support/kv.ts';
import { type System, startSystem } from '../support/system.ts';
import { until } from '../support/until.ts';

const password = 'hunter2-of-cam7';
let system: System;
let administrator: Client;
let pool: Pool;

before(async () => {
  system = await startSystem({ services: { registry: 2, auth: 2 } });
  administrator = await operator(system.stack);
  const { ports, secrets } = system.stack;
  pool = new Pool({
    connectionString: `postgres://postgres:${secrets.postgres.admin}@127.0.0.1:${ports.postgres}/sightline`,
  });
  pool.on('error', () => {});
});

after(async () => {
  await pool?.end();
  await system?.end();
});

const sources = (host = '10.0.0.7', path = 'main') => ({ main: { url: `rtsp://${host}/${path}` } });
const view = async (id: string) => (await administrator.get(`/api/cameras/${id}`)).body;

test('a camera needs an area, an area a site, and each is told what is missing', async () => {
  const [area, camera] = [
    await administrator.post('/api/areas', { id: 'yard', site: 'north', name: 'Yard' }),
    await administrator.post('/api/cameras', { area: 'yard', name: 'Gate', sources: sources() }),
  ];
  assert.deepEqual([area.status, area.body.code, camera.status, camera.body.code], [400, 'no_site', 400, 'no_area']);
  for (const id of ['north', 'south'])
    assert.equal((await administrator.post('/api/sites', { id, name: id })).status, 201);
  for (const [id, site] of [
    ['yard', 'north'],
    ['lobby', 'north'],
    ['other', 'south'],
  ]) {
    assert.equal((await administrator.post('/api/areas', { id, site, name: id })).status, 201);
  }
});

test('what is answered can be read back at once, from whichever copy', async () => {
  const url = `rtsp://ann:${password}@10.0.0.7/main?pwd=${password}`;
  assert.equal(
    (await administrator.post('/api/cameras', { id: 'cam7', area: 'yard', name: 'Gate', sources: { main: { url } } }))
      .status,
    201,
  );
  for (let look = 0; look < 4; look += 1) assert.equal((await view('cam7')).name, 'Gate');
  await administrator.post('/api/cameras/cam7/rename', { name: 'North gate' });
  await administrator.post('/api/cameras/cam7/move', { area: 'lobby' });
  assert.deepEqual([(await view('cam7')).name, (await view('cam7')).area], ['North gate', 'lobby']);
});

test('a camera stays on its site, keeps its id, and takes no address that is not allowed', async () => {
  assert.equal((await administrator.post('/api/cameras/cam7/move', { area: 'other' })).body.code, 'other_site');
  assert.equal(
    (await administrator.post('/api/cameras', { id: 'cam7', area: 'yard', name: 'Twin', sources: sources() })).body
      .code,
    'exists',
  );
  for (const host of ['169.254.169.254', '8.8.8.8', '[::1]']) {
    assert.equal(
      (await administrator.post('/api/cameras', { area: 'yard', name: 'Spy', sources: sources(host) })).status,
      400,
      host,
    );
  }
});

test('zones and lines are set as a whole, are seen by who sees the camera, and none that cannot be entered is taken', async () => {
  const zone = (polygon: number[][], id = 'gate') => ({ id, name: 'Gate', polygon });
  const triangle = [
    [0.1, 0.5],
    [0.4, 0.5],
    [0.4, 0.9],
  ];
  const set = (zones: unknown[], lines: unknown[] = []) =>
    administrator.post('/api/cameras/cam7/zones', { zones, lines });
  const line = { id: 'kerb', name: 'Kerb', from: [0, 0.6], to: [1, 0.7] };
  assert.equal((await set([zone(triangle)], [line])).status, 200);
  const { body } = await administrator.get('/api/cameras/cam7');
  assert.deepEqual([body.zones, body.lines], [[zone(triangle)], [line]]);
  const flat = triangle.map(([x = 0]) => [x, 0.5]);
  for (const bad of [
    [zone(flat)],
    [zone(triangle), zone(triangle)],
    [zone([[1, 2], ...triangle])],
    [zone(triangle, 'a.b')],
  ]) {
    const answer = await set(bad);
    assert.equal(answer.status, 400, JSON.stringify(answer.body));
  }
  assert.equal((await set([], [{ ...line, to: line.from }])).status, 400);
  assert.equal((await administrator.get('/api/cameras/cam7')).body.zones.length, 1);
});

test('the same camera registered twice at once is registered once', async () => {
  const twice = await Promise.all(
    [1, 2, 3, 4].map(() =>
      administrator.post('/api/cameras', { id: 'cam8', area: 'yard', name: 'Twin', sources: sources() }),
    ),
  );
  assert.deepEqual(twice.map(({ status }) => status).sort(), [201, 409, 409, 409]);
});

test('credentials stand sealed in one table, and nowhere else', async () => {
  const tables = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('log', 'registry', 'auth', 'events')`,
  );
  for (const { name } of tables.rows) {
    const { rows } = await pool.query(`select count(*) from ${name} t where t::text like $1`, [`%${password}%`]);
    assert.equal(Number(rows[0]?.count), 0, name);
  }
  for (const log of ['registry.log', 'registry-2.log', 'postgres.log']) {
    assert.ok(!(await readFile(join(system.stack.state, 'logs', log), 'utf8')).includes(password), log);
  }
});

async function published() {
  const nats = await natsAsAdmin(system.stack);
  try {
    const desired = await valuesOf(nats, 'DESIRED');
    const directory = await valuesOf(nats, 'DIRECTORY');
    const rights = await valuesOf(nats, 'AUTH');
    const manager = await jetstreamManager(nats);
    const { state } = await manager.streams.info('LOG');
    const messages: LogMessage[] = [];
    for (let seq = state.first_seq; seq <= state.last_seq; seq += 1) {
      const message = await manager.streams.getMessage('LOG', { seq });
      if (message) messages.push(LogMessage.parse(message.json()));
    }
    return { desired, directory, rights, messages };
  } finally {
    await nats.close();
  }
}

const eventsInLog = async () =>
  (await pool.query('select id from log.events order by global_position')).rows.map(({ id }) => id);

/** Everything that others are told, as it should be now. */
async function assertPublished(): Promise<void> {
  const told = await until('everything published', async () => {
    const now = await published();
    return now.messages.length === (await eventsInLog()).length && now.desired.has('north.cam7') && now.rights.size > 1
      ? now
      : undefined;
  });
  const desired = DesiredCamera.parse(JSON.parse(told.desired.get('north.cam7') ?? ''));
  assert.ok(
    !desired.tombstone && desired.area === 'lobby' && desired.credentials && !desired.credentials.includes(password),
  );
  const entry = DirectoryEntry.parse(JSON.parse(told.directory.get('cam7') ?? ''));
  assert.deepEqual([entry.area, entry.marks?.zones[0]?.id], ['lobby', 'gate']);
  assert.deepEqual(
    told.messages.map(({ id }) => id),
    await eventsInLog(),
  );
  assert.deepEqual(
    told.messages.map(({ position }) => position),
    told.messages.map((_, index) => index + 1),
  );
}

test('every event is in JetStream once and in order, every camera in the buckets', assertPublished);

test('a JetStream that was wiped is filled again by itself', async () => {
  const nats = system.stack.child('nats');
  await nats.stop();
  await rm(join(system.stack.state, 'nats', 'jetstream'), { recursive: true, force: true });
  nats.start();
  await assertPublished();
});

test('a retired camera leaves a tombstone and a history, and never comes back', async () => {
  assert.equal((await administrator.post('/api/cameras/cam7/retire')).status, 200);
  const told = await until('the tombstone', async () => {
    const { desired } = await published();
    return DesiredCamera.parse(JSON.parse(desired.get('north.cam7') ?? '')).tombstone;
  });
  assert.equal(told, true);
  assert.equal((await administrator.post('/api/cameras/cam7/enable')).body.code, 'retired');
  const { body } = await administrator.get('/api/cameras?retired=true');
  assert.deepEqual(
    body.cameras.map(({ id }: { id: string }) => id),
    ['cam7'],
  );
});

test('every projection can be rebuilt while it is read, and says the same afterwards', async () => {
  const rows = async (table: string) => (await pool.query(`select * from ${table} order by 1`)).rows;
  const projections = [
    { schema: 'registry', projection: 'places', tables: ['registry.sites', 'registry.areas'] },
    { schema: 'registry', projection: 'cameras', tables: ['registry.cameras'] },
    { schema: 'registry', projection: 'feeds', tables: ['registry.feeds'] },
    { schema: 'auth', projection: 'users', tables: ['auth.users'] },
  ];
  for (const { tables, ...projection } of projections) {
    const before = await Promise.all(tables.map(rows));
    const identity = async () => (await pool.query('select $1::regclass::oid as oid', [tables[0]])).rows[0].oid;
    const old = await identity();
    await requestRebuild(pool, projection);
    await until('it is rebuilt', async () => {
      assert.equal((await administrator.get('/api/cameras')).status, 200);
      return (await listRebuilds(pool, projection.schema)).length === 0;
    });
    assert.notEqual(await identity(), old);
    assert.deepEqual(await Promise.all(tables.map(rows)), before);
  }
  assert.equal((await administrator.post('/api/sites', { id: 'after', name: 'After' })).status, 201);
});

test("no service may read what is another one's in the database", async () => {
  const { ports, secrets } = system.stack;
  const asRole = (role: string) =>
    new Pool({
      connectionString: `postgres://${role}:${secrets.postgres[role]}@127.0.0.1:${ports.postgres}/sightline`,
    });
  for (const [role, query] of [
    ['registry', 'select * from auth.accounts'],
    ['events', 'select * from registry.credentials'],
    ['auth', 'select * from registry.cameras'],
    ['registry', "update log.events set data = '{}'"],
    ['events', 'delete from log.events'],
    ['registry', 'create table log.mine (x int)'],
  ] as const) {
    const own = asRole(role);
    await assert.rejects(own.query(query), /permission denied/, `${role}: ${query}`);
    await own.end();
  }
});
