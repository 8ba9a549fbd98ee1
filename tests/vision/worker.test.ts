import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { NativeDetection, redisKeys } from '@sightline/contracts';
import { Child } from '@sightline/infra/embedded/child';
import { inherited } from '@sightline/infra/embedded/services';
import { Redis } from 'ioredis';
import { packetsOf, tool } from '../cameras/packets.ts';
import { type System, startSystem } from '../support/system.ts';
import { until } from '../support/until.ts';

let system: System;
let redis: Redis;
let worker: Child;

before(async () => {
  system = await startSystem({ parts: ['redis', 'cameras'], services: {} });
  const { ports, secrets, state } = system.stack;
  redis = new Redis(ports.redis, '127.0.0.1', { username: 'admin', password: secrets.redis.admin ?? '' });
  redis.on('error', () => {});
  const at = (path: string) => `rtsp://127.0.0.1:${ports.cameras}/${path}`;
  const vault = `rtsp://viewer:not-the-password@127.0.0.1:${ports.lockedCameras}/locked`;
  const config = join(state, 'vision.json');
  await writeFile(
    config,
    JSON.stringify([
      { id: 'plaza', url: at('pedestrians') },
      { id: 'desk', url: at('faces') },
      { id: 'clock', url: at('clock'), barcode: true },
      { id: 'vault', url: vault },
    ]),
    { mode: 0o600 },
  );
  worker = new Child({
    name: 'vision',
    command: [tool('vision-worker'), '--config', config],
    env: { ...inherited(), REDIS_URL: `redis://worker:${secrets.redis.worker}@127.0.0.1:${ports.redis}` },
    log: join(state, 'logs', 'vision.log'),
  });
  system.stack.add(worker);
});

after(async () => {
  redis?.disconnect();
  await system?.end();
});

interface Entry {
  id: string;
  detection: NativeDetection;
  traceparent: string | undefined;
}

async function entriesOf(camera: string): Promise<Entry[]> {
  const entries = await redis.xrange(redisKeys.stream, '-', '+');
  return entries
    .map(([id, fields]) => ({
      id,
      detection: NativeDetection.parse(JSON.parse(fields[fields.indexOf('data') + 1] ?? '')),
      traceparent: fields[fields.indexOf('traceparent') + 1],
    }))
    .filter(({ detection }) => detection.camera === camera);
}

/** Waits until this many entries of the camera fulfil a condition. */
const reaches = (camera: string, count: number, fulfils: (entry: Entry) => boolean) =>
  until(`${count} entries of ${camera}`, async () => {
    const entries = (await entriesOf(camera)).filter(fulfils);
    return entries.length >= count ? entries : undefined;
  });

test('people get boxes as high and slender as people, and keep their numbers', async () => {
  const entries = await reaches('plaza', 20, ({ detection }) => detection.objects.length >= 2);
  const objects = entries.flatMap(({ detection }) => detection.objects);
  assert.deepEqual([...new Set(objects.map((object) => object.class))], ['person']);
  for (const { box } of objects) assert.ok(box && box[3] > 0.04 && box[3] < 0.6 && box[2] < 0.2, `box ${box}`);
  const perTrack = Map.groupBy(objects, ({ track }) => track);
  assert.ok(Math.max(...[...perTrack.values()].map(({ length }) => length)) >= 10, 'nobody kept a number');
});

test('a face is a face with one number', async () => {
  const entries = await reaches('desk', 20, ({ detection }) => detection.objects.length > 0);
  const objects = entries.flatMap(({ detection }) => detection.objects);
  assert.deepEqual([...new Set(objects.map((object) => object.class))], ['face']);
  const perTrack = Map.groupBy(objects, ({ track }) => track);
  assert.ok(Math.max(...[...perTrack.values()].map(({ length }) => length)) >= 10, 'no face kept a number');
});

test('a frame is told with the time of its capture, as the burned-in clock shows it', async () => {
  const entries = await reaches('clock', 40, ({ detection }) => detection.objects.length === 1);
  const errors = entries.slice(10).map(({ detection }) => {
    const shown = Number(detection.objects[0]?.attributes?.barcode);
    return Math.abs((Math.round(detection.capturedAtUs / 1000) % 2 ** 32) - shown);
  });
  errors.sort((a, b) => a - b);
  assert.ok((errors[Math.floor(errors.length / 2)] ?? Number.NaN) < 100, `median ${errors[errors.length >> 1]} ms`);
  for (const { detection } of entries) assert.equal(detection.objects[0]?.class, 'target');
});

test('every frame has a name of its own, an RTP clock and a trace', async () => {
  const entries = await reaches('clock', 40, () => true);
  for (const { detection, traceparent } of entries) {
    assert.match(detection.frame.key ?? '', /^[0-9a-f]{8}-[0-9a-f]+$/);
    assert.equal(detection.frame.clockRate, 90_000);
    assert.match(traceparent ?? '', /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/);
  }
  const names = entries.map(({ detection }) => detection.frame.key);
  assert.equal(new Set(names).size, names.length);
});

test('a camera that goes and comes back is seen again', async () => {
  const control = (path: string) =>
    fetch(`http://127.0.0.1:${system.stack.ports.cameraControl}${path}`, { method: 'POST' });
  await control('/drop/faces');
  await control('/restore/faces');
  const before = (await entriesOf('desk')).length;
  await reaches('desk', before + 10, () => true);
});

test('a Redis that is killed and comes back is written to again, nobody restarts the worker', async () => {
  const { pid } = worker;
  system.stack.child('redis').kill('SIGKILL');
  await until('redis is back', async () => (await redis.ping()) === 'PONG');
  const [[last] = ['-']] = await redis.xrevrange(redisKeys.stream, '+', '-', 'COUNT', 1);
  await until(
    'a newer entry',
    async () => (await redis.xrange(redisKeys.stream, `(${last}`, '+', 'COUNT', 1)).length > 0,
  );
  assert.equal(worker.pid, pid);
});

test('no client of ours is left on a camera when the worker has stopped, and it stops soon', async () => {
  const began = Date.now();
  await worker.stop();
  assert.ok(Date.now() - began < 4_000, 'it had to be killed');
  const clients = async (): Promise<Record<string, number>> =>
    (await fetch(`http://127.0.0.1:${system.stack.ports.cameraControl}/clients`)).json();
  await until('nobody looks', async () => Object.values(await clients()).every((count) => count === 0));
  assert.ok((await packetsOf(`rtsp://127.0.0.1:${system.stack.ports.cameras}/faces`, 1)).length > 0);
});
