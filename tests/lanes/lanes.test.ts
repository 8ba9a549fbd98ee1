import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { jetstream } from '@nats-io/jetstream';
import { type Detection, type FeedStateChanged, StatusView } from '@sightline/contracts';
import { operator, viewer } from '../support/client.ts';
import { type Lanes, native, nowUs, startLanes } from '../support/lanes.ts';
import { openOverlay } from '../support/overlay.ts';
import { until } from '../support/until.ts';

let lanes: Lanes;
before(async () => {
  lanes = await startLanes(['cam7', 'cam8']);
});
after(() => lanes?.end());

const xadd = (data: string) => lanes.xadd(data);
const count = (query: string, ...values: unknown[]) => lanes.count(query, ...values);
const stored = (camera: string) => lanes.stored(camera);
const deadLetters = () => count('select count(*) from events.dead_letters');

test('a detection comes to NATS once, to the database once, and over HTTP', async () => {
  const seen: Detection[] = [];
  const subscription = lanes.nats.subscribe('det.north.cam7', {
    callback: (_error, message) => void seen.push(message.json()),
  });
  await lanes.nats.flush();
  const data = native('cam7', 1);
  await until('the fast lane', async () => {
    if (seen.length === 0) await xadd(data);
    return seen.length > 0;
  });
  await lanes.worker.publish('detections', data);
  await xadd(data);
  const ann = await viewer(lanes.system.stack, 'ann', ['yard']);
  const found = await until(
    'the durable lane',
    async () => (await ann.get('/api/detections?camera=cam7')).body.detections[0],
  );
  assert.equal(found.id, seen[0]?.id);
  assert.deepEqual(found.objects, JSON.parse(data).objects);
  await xadd(native('cam7', 2));
  await until('the next one', async () => seen.some(({ frame }) => frame.sequence === 2));
  assert.equal(new Set(seen.map(({ id }) => id)).size, seen.length, 'each once');
  subscription.unsubscribe();
});

test("the JSMpeg system's flat form is drawn by clients of the flat subprotocol as it came, from the stream and from the channel", async () => {
  const ben = await viewer(lanes.system.stack, 'ben', ['yard']);
  const overlay = await openOverlay(lanes.system.stack, { cookie: ben.cookie, protocol: 'sightline.flat' });
  overlay.subscribe('cam8');
  await overlay.seen('subscribed', ({ type }) => type === 'subscribed');
  const flat = {
    camera_id: 'cam8',
    timestamp: Date.now() / 1000,
    type: 'face',
    bbox: [64, 72, 128, 144],
    track_id: 3,
    confidence: 0.75,
    name: 'Ann',
    frame_width: 640,
    frame_height: 720,
  };
  await xadd(JSON.stringify(flat));
  const got = await overlay.seen('the face', ({ type }) => type === 'face');
  assert.deepEqual(got.bbox.map(Math.round), flat.bbox);
  assert.deepEqual([got.camera_id, got.name, got.confidence, got.track_id], ['cam8', 'Ann', 0.75, '3']);
  await lanes.worker.publish('detections', JSON.stringify({ ...flat, timestamp: flat.timestamp + 1, name: 'Bob' }));
  await overlay.seen('the face of the channel', ({ name }) => name === 'Bob');
  overlay.socket.close();
});

test('a copy that is killed in the middle of a load loses nothing that was written', async () => {
  const before = await stored('cam7');
  const total = 6_000;
  const written: Promise<unknown>[] = [];
  for (let sequence = 0; sequence < total; sequence += 1) {
    written.push(xadd(native('cam7', 1_000 + sequence)));
    if (sequence === 2_000) lanes.system.stack.child('events').kill('SIGKILL');
    if (sequence === 4_000) lanes.system.stack.child('events-2').kill('SIGKILL');
    if (sequence % 200 === 0) await Promise.all(written);
  }
  await Promise.all(written);
  await until('every one stored', async () => (await stored('cam7')) >= before + total, 90_000);
  assert.equal(await stored('cam7'), before + total);
  const pending = async () => (await lanes.admin.xpending('detections', 'durable')) as [number];
  await until('nothing unacknowledged', async () => (await pending())[0] === 0, 90_000);
});

test('what somebody has read and not yet acknowledged is still his after Redis was killed', async () => {
  const { admin, system } = lanes;
  await admin.xgroup('CREATE', 'detections', 'probe', '$');
  for (let sequence = 0; sequence < 3; sequence += 1) await xadd(native('cam8', 200_000 + sequence));
  await admin.xreadgroup('GROUP', 'probe', 'reader', 'COUNT', 3, 'STREAMS', 'detections', '>');
  const closed = once(admin, 'close');
  system.stack.child('redis').kill('SIGKILL');
  await closed;
  assert.deepEqual((await admin.xpending('detections', 'probe'))[0], 3);
  await admin.xgroup('DESTROY', 'detections', 'probe');
});

test("a worker's clock that is ahead is noticed: on each detection, in the status, as a metric, and no time is changed", async () => {
  const { stack } = lanes.system;
  const seen: Detection[] = [];
  const subscription = lanes.nats.subscribe('det.north.cam8', {
    callback: (_error, message) => void seen.push(message.json()),
  });
  const aheadUs = 4_000_000;
  const told = new Map<number, number>();
  const tell = async () => {
    const capturedAtUs = nowUs() + aheadUs;
    const sequence = 300_000 + told.size;
    told.set(sequence, capturedAtUs);
    await xadd(native('cam8', sequence, { capturedAtUs, worker: { id: 'ahead', run: 'test' } }));
  };
  const marked = await until('an error on a detection', async () => {
    await tell();
    return seen.find(({ worker, clock }) => worker.id === 'ahead' && clock.errorUs !== null);
  });
  subscription.unsubscribe();
  const off = marked.clock.errorUs ?? 0;
  assert.ok(Math.abs(off - aheadUs) < 1_000_000, `${off} µs`);
  assert.equal(marked.capturedAtUs, told.get(marked.frame.sequence ?? 0));
  const administrator = await operator(stack);
  await until('the status says it', async () => {
    await tell();
    const { clocks } = StatusView.parse((await administrator.get('/api/status')).body);
    return clocks.some(({ worker, state, delayMs }) => worker === 'ahead' && state === 'ahead' && delayMs < -3_000);
  });
  await until('the metric says it', async () => {
    await tell();
    const answer = await fetch(`http://127.0.0.1:${stack.ports.services.events[0]}/metrics`);
    return /sightline_events_worker_clock_wrong\{worker="ahead"\} 1/.test(await answer.text());
  });
});

test('rubbish is put aside with its reason, and stops nothing', async () => {
  const before = await deadLetters();
  const bad = [
    'not json',
    '[]',
    'null',
    '{}',
    '{"v":1}',
    '{"v":2,"camera":"cam7"}',
    '\u0000',
    '{"__proto__":{"v":1}}',
    native('cam7', 1).replace('"score":0.9', '"score":1e999'),
    native('cam7', 1).replace('[0.1,0.2,0.1,0.4]', '[0,0,9,9]'),
    native('../etc', 1),
    native('nobody', 1),
    native('cam7', 1, { capturedAtUs: 1 }),
    native('cam7', 1, { capturedAtUs: nowUs() + 7 * 86_400e6 }),
    `{"camera_id":"cam8","timestamp":"yesterday","type":"person","bbox":[0,0,1,1]}`,
    `{"x":"${'y'.repeat(300_000)}"}`,
    '{"a":'.repeat(5_000),
  ];
  for (const data of bad) await xadd(data);
  await lanes.worker.xadd('detections', '*', 'other', 'field');
  await until('all of them put aside', async () => (await deadLetters()) === before + bad.length + 1);
  const { body } = await (await operator(lanes.system.stack)).get('/api/dead-letters?limit=1000');
  for (const letter of body.deadLetters)
    assert.ok(letter.reason.length > 10 && letter.payload.length <= 4096, letter.reason);
  const after = await stored('cam7');
  await xadd(native('cam7', 99_999));
  await until('the next good one', async () => (await stored('cam7')) === after + 1);
});

test('a worker may write detections and do nothing else in Redis', async () => {
  for (const command of [
    ['get', 'x'],
    ['xread', 'streams', 'detections', '0'],
    ['keys', '*'],
    ['xadd', 'other', '*', 'a', 'b'],
    ['config', 'get', '*'],
    ['flushall'],
    ['client', 'pause', '1'],
    ['client', 'kill', 'type', 'normal'],
    ['client', 'list'],
  ]) {
    const [name = '', ...rest] = command;
    await assert.rejects(lanes.worker.call(name, ...rest), /NOPERM/, command.join(' '));
  }
});

test('a fact from the edge is in the log once; what an older epoch says is dropped', async () => {
  const fact = (epoch: number, sequence: number, state: FeedStateChanged['state']): FeedStateChanged => ({
    id: randomUUID(),
    site: 'north',
    camera: 'cam7',
    epoch,
    sequence,
    ingress: 'edge-1',
    occurredAt: new Date().toISOString(),
    state,
    reason: { code: state, text: state },
  });
  const facts = [
    fact(5, 1, 'live'),
    fact(5, 2, 'stalled'),
    fact(4, 9, 'unreachable'),
    fact(5, 1, 'connecting'),
    fact(6, 1, 'live'),
  ];
  const js = jetstream(lanes.nats);
  for (const each of facts) await js.publish('edge.north.feed.cam7', JSON.stringify(each));
  await js.publish('edge.north.feed.cam7', JSON.stringify(facts[0]));
  await js.publish('edge.north.feed.cam7', 'rubbish');
  const states = async () => {
    const { rows } = await lanes.pool.query<{ data: string }>(
      `select data from log.events where stream_id = 'feed-cam7' order by stream_position`,
    );
    return rows.map(({ data }) => (JSON.parse(data) as FeedStateChanged).state);
  };
  await until('the newest fact', async () => (await states()).length === 3);
  assert.deepEqual(await states(), ['live', 'stalled', 'live']);
  await until(
    'the rubbish put aside',
    async () => (await count(`select count(*) from events.dead_letters where source = 'edge'`)) === 1,
  );
});

test('the first boxes of a camera that was silent for so long that nobody owned it are told', async () => {
  const { system, admin } = lanes;
  const client = await openOverlay(system.stack, { cookie: (await viewer(system.stack, 'lee', ['yard'])).cookie });
  client.subscribe('cam7');
  await client.seen('subscribed', ({ type }) => type === 'subscribed');
  const told = (sequence: number) => client.seen('boxes', ({ detection }) => detection?.frame.sequence === sequence);
  await xadd(native('cam7', 300_000));
  await told(300_000);
  await until('the lease has run out', async () => (await admin.exists('events:owner:cam7')) === 0);
  await xadd(native('cam7', 300_001));
  await told(300_001);
  client.socket.close();
});

test('what two copies stored while they were killed is told as tracks in which no sighting is missing or double', async () => {
  const { pool } = lanes;
  await until('no track under way', async () => {
    const tables = ['sightings', 'tracks', 'outbox'].map((name) => `(select count(*) from events.${name})`);
    return (await count(`select ${tables.join(' + ')} as count`)) === 0;
  });
  const { rows } = await pool.query<{ type: string; data: string }>(
    `select type, data from log.events where category = 'track' order by global_position`,
  );
  const facts = rows.map(({ type, data }) => ({ type, data: JSON.parse(data) }));
  const ended = facts.filter(({ type }) => type === 'TrackEnded').map(({ data }) => data);
  assert.equal(new Set(ended.map(({ id }) => id)).size, ended.length);
  assert.equal(facts.length, 2 * ended.length);
  assert.ok(ended.some(({ detections }) => detections >= 6_000));
  for (const { id, camera, run, track, fromUs, toUs, detections } of ended) {
    assert.ok(facts.some(({ type, data }) => type === 'TrackStarted' && data.id === id));
    const sightings = await count(
      `select count(*) from events.objects where camera = $1 and run = $2 and track = $3 and captured_at_us between $4 and $5`,
      ...[camera, run, track, fromUs, toUs],
    );
    assert.equal(detections, sightings, `${camera} ${run} ${track}`);
  }
});
