import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { NatsConnection } from '@nats-io/transport-node';
import { Detection } from '@sightline/contracts';
import { createLogger, type Directory } from '@sightline/service';
import { Redis } from 'ioredis';
import { Clocks } from './clocks.ts';
import { runFastLane } from './fast-lane.ts';
import { FastLanePriority } from './fast-lane-priority.ts';
import { Ownership } from './ownership.ts';
import { Payloads } from './payloads.ts';

/** What a test needs of something larger. */
const partly = <Whole>(part: Partial<Whole>): Whole => Object.assign(Object.create(null), part);

const directory = partly<Directory>({
  find: (camera) => ({ camera, site: 'north', area: 'yard', name: camera, position: 1, retired: false }),
});
const logger = createLogger('events', 'silent');

/** Runs the fast lane over one answer of Redis; resolves to what it published, and how often it asked for leases. */
async function follow(t: TestContext, messages: object[], link: 'up' | 'down') {
  const ended = new AbortController();
  const [reader, subscriber] = [new Redis({ lazyConnect: true }), new Redis({ lazyConnect: true })];
  const rows = messages.map((message, n) => [`${n + 1}-0`, ['data', JSON.stringify(message)]]);
  t.mock.method(reader, 'xrevrange', async () => []);
  t.mock.method(subscriber, 'subscribe', async () => 1);
  const counts: number[] = [];
  t.mock.method(reader, 'xread', async (_count: string, count: number) => {
    counts.push(count);
    if (counts.length === 1) return [['detections', rows]];
    ended.abort();
    return null;
  });
  const published: Detection[] = [];
  const ownership = new Ownership(reader, 'events-1');
  const learn = t.mock.method(ownership, 'learn', async () => {});
  t.mock.method(ownership, 'owns', () => true);
  const nats = partly<NatsConnection>({
    status: async function* () {
      if (link === 'down') yield { type: 'disconnect', server: '' };
    },
    publish: (_subject, payload) => void published.push(Detection.parse(JSON.parse(String(payload)))),
  });
  const clocks = new Clocks(logger);
  const payloads = new Payloads();
  await runFastLane({
    ...{ reader, subscriber, nats, directory, ownership, clocks, payloads, logger },
    priority: new FastLanePriority(),
    signal: ended.signal,
  });
  return { published, asked: learn.mock.callCount(), counts };
}

const native = (worker: string, sequence: number) => ({
  v: 1,
  camera: 'cam7',
  frame: { sequence },
  capturedAtUs: 1_700_000_000_000_000 + sequence,
  worker: { id: worker, run: 'r' },
  model: { name: 'm', version: '1' },
  objects: [],
});
const flat = (second: number, track: number) => ({
  camera_id: 'cam7',
  timestamp: 1_700_000_000 + second,
  type: 'person',
  bbox: [0, 0, 1, 1],
  track_id: track,
});

test('a copy without NATS publishes nothing, and lets its leases run out', async (t) => {
  const down = await follow(t, [native('w1', 1)], 'down');
  assert.deepEqual([down.published, down.asked], [[], 0]);
  const { published, asked } = await follow(t, [native('w1', 1)], 'up');
  assert.deepEqual([published.length, asked > 0], [1, true]);
});

test('of a backlog the newest of each worker is published, and of the flat form all of the newest frame', async (t) => {
  const messages = [
    ...Array.from({ length: 480 }, (_, n) => native(n % 2 ? 'w1' : 'w2', n)),
    ...Array.from({ length: 15 }, (_, n) => flat(n, n)),
    ...[flat(20, 1), flat(20, 2), flat(19, 9), flat(20, 3)],
    native('w1', 1_000),
  ];
  const { published } = await follow(t, messages, 'up');
  const natives = published.filter(({ worker }) => worker.run !== 'flat');
  assert.deepEqual(natives.map(({ worker, frame }) => `${worker.id} ${frame.sequence}`).sort(), ['w1 1000', 'w2 478']);
  const tracks = published.filter(({ worker }) => worker.run === 'flat').map(({ objects }) => objects.at(-1)?.track);
  assert.deepEqual(tracks, ['1', '2', '3']);
});

test('of large messages fewer are asked for at once', async (t) => {
  const large = { ...native('w1', 1), filler: 'x'.repeat(900_000) };
  const [first = 0, next = 0] = (await follow(t, [large, large], 'up')).counts;
  assert.deepEqual([first > 17, next], [true, 17]);
  assert.equal((await follow(t, [native('w1', 1)], 'up')).counts[1], 500);
});
