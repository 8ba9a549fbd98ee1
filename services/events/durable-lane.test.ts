import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Detection } from '@sightline/contracts';
import { createLogger, type Directory } from '@sightline/service';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { Clocks } from './clocks.ts';
import { runDurableLane } from './durable-lane.ts';
import { FastLanePriority } from './fast-lane-priority.ts';
import { Payloads } from './payloads.ts';
import { Retention } from './retention.ts';
import { type Refusal, Store } from './store.ts';

const logger = createLogger('events', 'silent');
const nowUs = Date.now() * 1_000;

const native = (sequence: number, capturedAtUs = nowUs, filler = '') =>
  JSON.stringify({
    v: 1,
    camera: 'cam7',
    frame: { sequence },
    capturedAtUs,
    worker: { id: 'w', run: 'r' },
    model: { name: 'm', version: '1' },
    objects: [],
    filler,
  });

/** Runs the durable lane over one answer of Redis: what it wrote in each transaction, and acknowledged. */
async function store(t: TestContext, texts: string[]) {
  const ended = new AbortController();
  const reader = new Redis({ lazyConnect: true });
  const written: { detections: readonly Detection[]; refusals: readonly Refusal[] }[] = [];
  const done: unknown[] = [];
  let reads = 0;
  t.mock.method(reader, 'xgroup', async () => 'OK');
  t.mock.method(reader, 'xautoclaim', async () => ['0-0', []]);
  t.mock.method(reader, 'xinfo', async () => []);
  t.mock.method(reader, 'xack', async (_stream: string, _group: string, ...ids: string[]) => done.push(...ids));
  t.mock.method(reader, 'xreadgroup', async () => {
    reads += 1;
    if (reads === 1) return [['detections', texts.map((data, n) => [`${nowUs / 1_000}-${n}`, ['data', data]])]];
    ended.abort();
    return null;
  });
  const target = new Store(new Pool());
  t.mock.method(target, 'write', async (detections: readonly Detection[], refusals: readonly Refusal[]) => {
    written.push({ detections, refusals });
  });
  const directory: Directory = {
    find: (camera) => ({ camera, site: 'north', area: 'yard', name: camera, position: 1, retired: false }),
    list: () => [],
    onChange: () => () => true,
    ready: Promise.resolve(),
  };
  await runDurableLane({
    ...{
      reader,
      redis: reader,
      store: target,
      directory,
      logger,
      clocks: new Clocks(logger),
      payloads: new Payloads(),
    },
    priority: new FastLanePriority(),
    ...{ instance: 'events-1', retention: new Retention(7), signal: ended.signal },
  });
  return { written, done };
}

test('what was captured before the retention began is put aside without what it shows', async (t) => {
  const { written, done } = await store(t, [native(1), native(2, nowUs - 9 * 86_400_000_000), '{']);
  const [batch] = written;
  assert.deepEqual([written.length, batch?.detections.length, done.length], [1, 1, 3]);
  assert.deepEqual(
    batch?.refusals.map(({ reason, payload }) => [/retention/.test(reason), payload]),
    [
      [true, ''],
      [false, '{'],
    ],
  );
});

test('large entries that came at once are stored a few at a time', async (t) => {
  const filler = 'x'.repeat(200_000);
  const { written, done } = await store(
    t,
    Array.from({ length: 50 }, (_, n) => native(n, nowUs, filler)),
  );
  assert.deepEqual([written.map(({ detections }) => detections.length), done.length], [[19, 19, 12], 50]);
});
