import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';

/**
 * A worker as a process of its own, to be killed at any moment: writes detections one after the other, each again until
 * Redis has acknowledged it, and tells its parent `<run> <sequence>` of each that was.
 */
const { REDIS_URL = '', CAMERAS = '', EVERY_MS = '' } = process.env;
const cameras = CAMERAS.split(',');
const run = randomUUID().slice(0, 8);
const redis = new Redis(REDIS_URL, { enableReadyCheck: false, retryStrategy: () => 100, maxRetriesPerRequest: 0 });
redis.on('error', () => {});
process.on('disconnect', () => process.exit(0));

for (let sequence = 0; ; sequence += 1) {
  const data = detection(sequence);
  while (!(await redis.xadd('detections', '*', 'data', data).catch(() => undefined))) await pause(50);
  process.send?.(`${run} ${sequence}`);
  await pause(Number(EVERY_MS));
}

function detection(sequence: number): string {
  return JSON.stringify({
    v: 1,
    camera: cameras[sequence % cameras.length],
    frame: { pts: sequence * 6_000, clockRate: 90_000, width: 1280, height: 720, sequence },
    capturedAtUs: Math.round((performance.timeOrigin + performance.now()) * 1000),
    worker: { id: 'chaos', run },
    model: { name: 'chaos', version: '1' },
    objects: [{ track: '1', class: 'person', score: 0.9, box: [0.1, 0.2, 0.1, 0.4] }],
  });
}
