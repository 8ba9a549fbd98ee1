import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Detection, OverlayMessage, type SeenObject, type TrackFactView } from '@sightline/contracts';
import { Retention } from '../../services/events/retention.ts';
import { sweep } from '../../services/events/sweep.ts';
import { type Client, operator, viewer } from '../support/client.ts';
import { valuesOf } from '../support/kv.ts';
import { type Lanes, native, nowUs, startLanes } from '../support/lanes.ts';
import { until } from '../support/until.ts';

let lanes: Lanes;
let ann: Client;
const begin = nowUs() - 60_000_000;
const frames = 50;
const at = (n: number) => new Date((begin + n * 100_000) / 1000).toISOString();

/** Feet of who walks are at a height of 0.8. */
const marks = {
  zones: [
    {
      id: 'gate',
      name: 'Gate',
      polygon: [
        [0.205, 0.6],
        [0.405, 0.6],
        [0.405, 1],
        [0.205, 1],
      ],
    },
  ],
  lines: [{ id: 'kerb', name: 'Kerb', from: [0.505, 1], to: [0.505, 0.5] }],
};

/** One person walks to the right and gets surer; every fifth frame has a face beside him; two cameras see the same. */
before(async () => {
  lanes = await startLanes(['cam7', 'cam8'], { services: { registry: 1, auth: 1, events: 1, 'overlay-gateway': 1 } });
  await (await operator(lanes.system.stack)).post('/api/cameras/cam7/zones', marks);
  await until('the directory', async () => (await valuesOf(lanes.nats, 'DIRECTORY')).get('cam7')?.includes('kerb'));
  for (let n = 0; n < frames; n += 1) {
    const walker = { track: 'w1', class: 'person', score: 0.5 + n / 100, box: [n / 100, 0.5, 0.1, 0.3] };
    const face = { class: 'face', score: 0.9, box: [0.8, 0.1, 0.05, 0.05] };
    const objects = n % 5 === 0 ? [walker, face] : [walker];
    for (const camera of ['cam7', 'cam8']) {
      await lanes.xadd(native(camera, n, { capturedAtUs: begin + n * 100_000, objects }));
    }
  }
  ann = await viewer(lanes.system.stack, 'ann', ['yard']);
  await until('all stored', async () => (await lanes.count('select count(*) from events.detections')) === 2 * frames);
});
after(() => lanes?.end());

async function objects(query: string): Promise<SeenObject[]> {
  const { status, body } = await ann.get(`/api/detections/objects?${query}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body.objects;
}

test('objects are found by camera, class, score, track, time and area of the picture', async () => {
  assert.equal((await objects('limit=1000')).length, 2 * (frames + frames / 5));
  assert.equal((await objects('camera=cam7&class=face&limit=1000')).length, frames / 5);
  assert.equal((await objects('camera=cam7&class=person&minScore=0.75&limit=1000')).length, frames / 2);
  assert.equal((await objects('camera=cam7&track=w1&limit=1000')).length, frames);
  assert.equal((await objects(`camera=cam7&class=person&from=${at(10)}&to=${at(20)}`)).length, 10);
  const right = await objects('camera=cam7&class=person&area=0.5,0.4,0.1,0.2&limit=1000');
  assert.deepEqual([right.length, right.at(-1)?.box[0]], [10, 0.4]);
  assert.equal((await objects('site=south')).length, 0);
});

test('page by page every object comes once, newest first', async () => {
  const seen: SeenObject[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const { body }: { body: { objects: SeenObject[]; next?: string } } = await ann.get(
      `/api/detections/objects?limit=7${cursor ? `&cursor=${cursor}` : ''}`,
    );
    seen.push(...body.objects);
    cursor = body.next;
  }
  const keys = seen.map(({ camera, capturedAtUs, class: kind }) => `${camera} ${capturedAtUs} ${kind}`);
  assert.deepEqual([seen.length, new Set(keys).size], [120, 120]);
  const times = seen.map(({ capturedAtUs }) => capturedAtUs);
  assert.deepEqual(
    times,
    [...times].sort((a, b) => b - a),
  );
});

test('detections of a camera come page by page too', async () => {
  const first = (await ann.get('/api/detections?camera=cam7&limit=30')).body;
  const second = (await ann.get(`/api/detections?camera=cam7&limit=30&cursor=${first.next}`)).body;
  assert.deepEqual([first.detections.length, second.detections.length, second.next], [30, 20, undefined]);
});

test("a track's path leads from where it began to where it went", async () => {
  const { body } = await ann.get('/api/detections/path?camera=cam7&track=w1&run=test');
  assert.deepEqual(
    body.path.map(({ box }: SeenObject) => box[0]),
    Array.from({ length: frames }, (_, n) => n / 100),
  );
  assert.equal((await ann.get('/api/detections/path?camera=cam7&track=w1&run=other')).body.path.length, 0);
});

test('any stored stretch is played back as the fast lane told it', async () => {
  const answer = await ann.get(`/api/detections/playback?camera=cam7&from=${at(10)}&to=${at(40)}`);
  assert.match(answer.headers.get('content-type') ?? '', /ndjson/);
  const messages = String(answer.body)
    .trim()
    .split('\n')
    .map((line) => OverlayMessage.parse(JSON.parse(line)));
  const sequences = messages.map((message) => message.type === 'detection' && message.detection.frame.sequence);
  assert.deepEqual(
    sequences,
    Array.from({ length: 30 }, (_, n) => 10 + n),
  );
});

test('nobody finds, follows or plays what he may not see', async () => {
  const bob = await viewer(lanes.system.stack, 'bob', []);
  assert.deepEqual((await bob.get('/api/detections/objects')).body.objects, []);
  for (const path of [
    'objects?camera=cam7',
    'path?camera=cam7&track=w1',
    `playback?camera=cam7&from=${at(0)}&to=${at(9)}`,
  ])
    assert.equal((await bob.get(`/api/detections/${path}`)).status, 404, path);
});

test('a bad question is answered with what is wrong with it', async () => {
  for (const query of [
    'area=1,2',
    'area=0,0,9,9',
    'minScore=2',
    'limit=0',
    'cursor=%27',
    'class=A',
    'from=yesterday',
    'track=a%00',
  ]) {
    const answer = await ann.get(`/api/detections/objects?${query}`);
    assert.equal(answer.status, 400, query);
    assert.ok(answer.body.detail.length > 5, query);
  }
  for (const never of [
    'AAAA',
    Buffer.from('1 99999 a').toString('base64url'),
    Buffer.from('1 1 \0').toString('base64url'),
  ])
    assert.equal(
      (await ann.get(`/api/detections/objects?cursor=${never}`)).status,
      200,
      'one that was never given begins anew',
    );
});

test('faces of three days ago go out of their frames, a site that keeps less loses whole frames, and the rest stays', async () => {
  const { pool } = lanes;
  const dayUs = 86_400_000_000;
  const old = Array.from({ length: 1_100 }, (_, n) => nowUs() - 3 * dayUs - n * 1_000);
  const box = [0.1, 0.1, 0.1, 0.1];
  const seen = (...classes: string[]) => classes.map((name) => ({ class: name, score: 0.9, box }));
  for (const [n, capturedAtUs] of old.entries())
    await lanes.xadd(native('cam7', n, { capturedAtUs, objects: n % 2 ? seen('person', 'face') : seen('face') }));
  const count = (table: string, where: string) => lanes.count(`select count(*) from events.${table} where ${where}`);
  const past = `captured_at_us < ${nowUs() - 2 * dayUs}`;
  await until('all stored', async () => (await count('detections', past)) === old.length);
  const faces = new Retention(7, [{ class: 'face', days: 1 }]);
  assert.deepEqual(await sweep(pool, faces), { partitions: 0, frames: 0, objects: old.length });
  assert.deepEqual(await sweep(pool, faces), { partitions: 0, frames: 0, objects: 0 }, 'each day once');
  const { rows } = await pool.query<{ detection: Detection }>(`select detection from events.detections where ${past}`);
  const left = rows.flatMap(({ detection }) => detection.objects.map((object) => object.class));
  assert.deepEqual([rows.length, left.length, new Set(left)], [old.length, old.length / 2, new Set(['person'])]);
  assert.equal(await count('objects', `${past} and class = 'face'`), 0);
  const site = new Retention(7, [
    { class: 'face', days: 1 },
    { site: 'north', days: 2 },
    { site: 'north', class: 'person', days: 5 },
  ]);
  assert.equal((await sweep(pool, site)).frames, old.length / 2, 'frames without a person');
  assert.equal(await count('objects', past), old.length / 2);
  assert.equal((await sweep(pool, new Retention(2))).partitions >= 2, true, 'days of which nothing is kept');
  assert.equal(await count('detections', past), 0);
  assert.equal(await count('detections', `not (${past})`), 2 * frames, 'what is of today stays');
});

test('the best picture of a track is kept and shown to who may see its camera; rubbish is put aside, its detection stored', async () => {
  const jpeg = (size: number) =>
    Buffer.concat([Buffer.of(0xff, 0xd8, 0xff), Buffer.alloc(size), Buffer.of(0xff, 0xd9)]);
  const objects = [{ track: 'p1', class: 'face', score: 0.9, box: [0.7, 0.1, 0.1, 0.1] }];
  let sequence = 10_000;
  const write = (run: string, thumbnails: string) => {
    sequence += 1;
    const data = native('cam7', sequence, { objects, worker: { id: 'w', run } });
    return lanes.worker.xadd('detections', '*', 'data', data, 'thumbnails', thumbnails);
  };
  const picture = (quality: number, size: number) => ({
    track: 'p1',
    quality,
    jpeg: jpeg(size).toString('base64'),
  });
  const of = (...pictures: [quality: number, size: number][]) =>
    JSON.stringify(pictures.map((each) => picture(...each)));
  const run = 'pictures';
  await write(run, of([0.5, 100]));
  await write(run, of([0.9, 200], [0.2, 300]));
  const before = await lanes.count(`select count(*) from events.dead_letters`);
  const bad = [
    '{',
    '[]',
    of([0.5, 30_000]),
    of([2, 10]),
    of([0.5, 10]).replace('p1', 'p2'),
    of([0.5, 10]).replace('/9j/', 'R0lG'),
  ];
  for (const [n, thumbnails] of bad.entries()) await write(`${run} ${n}`, thumbnails);
  await until(
    'all put aside',
    async () => (await lanes.count('select count(*) from events.dead_letters')) === before + bad.length,
  );
  assert.equal(
    await lanes.count(`select count(*) from events.detections where detection->'worker'->>'run' like 'pictures%'`),
    2 + bad.length,
  );
  assert.equal(await lanes.count('select count(*) from events.thumbnails'), 1);
  const path = '/api/tracks/thumbnail?camera=cam7&track=p1';
  for (const more of ['', `&run=${run}`]) {
    const answer = await ann.get(path + more);
    assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'image/jpeg']);
    assert.match(answer.headers.get('cache-control') ?? '', /private/);
    assert.equal(Number(answer.headers.get('content-length')), jpeg(200).length, 'the best one');
  }
  const kim = await viewer(lanes.system.stack, 'kim', []);
  for (const answer of [await kim.get(path), await ann.get(`${path}&run=other`)]) assert.equal(answer.status, 404);
  assert.equal((await ann.get('/api/tracks/thumbnail?camera=cam7')).status, 400);
  const { rows } = await lanes.pool.query<{ payload: string }>(`select payload from events.dead_letters`);
  assert.ok(
    rows.every(({ payload }) => !payload.includes('jpeg') || payload.length <= 200),
    'no whole picture is put aside',
  );
  await lanes.pool.query('update events.thumbnails set captured_at_us = captured_at_us - $1', [3 * 86_400_000_000]);
  await sweep(lanes.pool, new Retention(7));
  assert.equal(await lanes.count('select count(*) from events.thumbnails'), 1);
  await sweep(lanes.pool, new Retention(7, [{ class: 'face', days: 1 }]));
  assert.equal(
    await lanes.count('select count(*) from events.thumbnails'),
    0,
    'a picture is kept as long as its class',
  );
});

test('the log tells once of each track that it started and ended, how it was at its surest, and where it went in and across', async () => {
  const facts = await until('both walks over', async () => {
    const { rows } = await lanes.pool.query<{ type: string; data: string; metadata: string }>(
      `select type, data, metadata from log.events where category = 'track' order by global_position`,
    );
    const all = rows.map(({ type, data, metadata }) => ({ type, ...JSON.parse(metadata), data: JSON.parse(data) }));
    return all.filter(({ type }) => type === 'TrackEnded').length === 2 && all;
  });
  for (const camera of ['cam7', 'cam8']) {
    const [started, ...more] = facts.filter(({ data }) => data.camera === camera);
    const ended = more.pop();
    const walk = { id: started?.data.id, site: 'north', camera, run: 'test', track: 'w1', class: 'person' };
    const box = (n: number) => [n / 100, 0.5, 0.1, 0.3];
    const toUs = begin + (frames - 1) * 100_000;
    assert.deepEqual([started?.type, started?.data], ['TrackStarted', { ...walk, fromUs: begin, box: box(0) }]);
    const best = { atUs: toUs, score: 0.99, box: box(frames - 1) };
    const end = { ...walk, fromUs: begin, toUs, detections: frames, best, box: box(frames - 1) };
    assert.deepEqual([ended?.type, ended?.data], ['TrackEnded', end]);
    const between = more.map(({ type, data }) => [type, data.id === walk.id, data.zone ?? data.line, data.atUs]);
    const us = (n: number) => begin + n * 100_000;
    const way = [
      ['ZoneEntered', true, 'gate', us(17)],
      ['ZoneLeft', true, 'gate', us(37)],
      ['LineCrossed', true, 'kerb', us(47)],
    ];
    assert.deepEqual(between, camera === 'cam7' ? way : []);
    assert.deepEqual([ended?.site, ended?.actor], ['north', { kind: 'service', id: 'events' }]);
  }
  assert.equal(facts.find(({ type }) => type === 'LineCrossed')?.data.to, 'right');
});

test('facts of tracks are found by kind, zone, line, class and camera, page by page, by who may see the camera', async () => {
  const find = async (query: string, who = ann) => {
    const { status, body } = await who.get(`/api/tracks/facts?${query}`);
    assert.equal(status, 200, JSON.stringify(body));
    return body.facts.map(({ type, data }: TrackFactView) => `${data.camera} ${type}`);
  };
  await until('all told', async () => (await find('')).length === 7);
  const cam7 = ['TrackEnded', 'LineCrossed', 'ZoneLeft', 'ZoneEntered', 'TrackStarted'].map((type) => `cam7 ${type}`);
  assert.deepEqual(await find('camera=cam7&class=person'), cam7);
  assert.deepEqual(await find('zone=gate&site=north'), ['cam7 ZoneLeft', 'cam7 ZoneEntered']);
  assert.deepEqual(await find('line=kerb'), ['cam7 LineCrossed']);
  assert.deepEqual((await find('type=TrackStarted')).sort(), ['cam7 TrackStarted', 'cam8 TrackStarted']);
  assert.deepEqual(await find(`camera=cam7&from=${at(20)}&to=${at(48)}`), ['cam7 LineCrossed', 'cam7 ZoneLeft']);
  assert.deepEqual(await find('class=car'), []);
  assert.deepEqual(await find('camera=cam7&track=w1'), cam7);
  assert.deepEqual(await find('camera=cam7&track=w2'), []);
  assert.deepEqual(await find('camera=cam7&minScore=0.98'), ['cam7 TrackEnded']);
  assert.deepEqual(await find('minScore=0.995'), []);
  const first = (await ann.get('/api/tracks/facts?camera=cam7&limit=3')).body;
  assert.deepEqual(await find(`camera=cam7&limit=3&cursor=${first.next}`), cam7.slice(3));
  const tim = await viewer(lanes.system.stack, 'tim', []);
  assert.deepEqual(await find('', tim), []);
  assert.equal((await tim.get('/api/tracks/facts?camera=cam7')).status, 404);
});
