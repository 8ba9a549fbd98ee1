import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Child } from '@sightline/infra/embedded/child';
import { inherited } from '@sightline/infra/embedded/services';
import type { Stack } from '@sightline/infra/embedded/stack';
import { Redis } from 'ioredis';
import { percentile } from '../lib/statistics.ts';
import type { Truth } from './score.ts';

interface WorkerOptions {
  url: string;
  delayMs: number;
  /** Leaves out what names a frame, as older workers do. */
  nameless: boolean;
}

/** Starts the real worker on the clock camera, reading its burned-in clock. */
export async function startWorker(stack: Stack, { url, delayMs, nameless }: WorkerOptions): Promise<Child> {
  const config = join(stack.state, 'vision-bench.json');
  await writeFile(config, JSON.stringify([{ id: 'clock', url, barcode: true }]), { mode: 0o600 });
  const flags = ['--config', config, '--cpu-budget', '0.8', '--delay-ms', String(delayMs)];
  const worker = new Child({
    name: 'vision',
    command: [
      join(import.meta.dirname, '..', '..', '.tools', 'bin', 'vision-worker'),
      ...flags,
      ...(nameless ? ['--nameless'] : []),
    ],
    env: { ...inherited(), REDIS_URL: `redis://worker:${stack.secrets.redis.worker}@127.0.0.1:${stack.ports.redis}` },
    log: join(stack.state, 'logs', 'vision.log'),
  });
  worker.start();
  return worker;
}

/** What the worker read off its pictures, and how late it was with that (ms, 99.9th percentile). */
export async function truthOf(stack: Stack): Promise<{ truth: Truth; delayP999: number }> {
  const redis = new Redis(`redis://admin:${stack.secrets.redis.admin}@127.0.0.1:${stack.ports.redis}`);
  const entries = await redis.xrange('detections', '-', '+');
  await redis.quit();
  const truth = new Map<number, number>();
  const delays: number[] = [];
  for (const [id, fields] of entries) {
    const { objects, frame } = JSON.parse(fields[fields.indexOf('data') + 1] ?? '{}');
    const [block] = objects ?? [];
    if (!block) continue;
    truth.set(block.attributes.barcode, block.box[0] * (frame.width ?? 1280));
    delays.push((Number(id.split('-')[0]) % 2 ** 32) - block.attributes.barcode);
  }
  return { truth, delayP999: percentile(delays, 0.999) };
}

/** Forgets what was written so far. */
export async function forget(stack: Stack): Promise<void> {
  const redis = new Redis(`redis://admin:${stack.secrets.redis.admin}@127.0.0.1:${stack.ports.redis}`);
  await redis.xtrim('detections', 'MAXLEN', 0);
  await redis.quit();
}
