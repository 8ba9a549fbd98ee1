import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Child } from '@sightline/infra/embedded/child';
import { inherited } from '@sightline/infra/embedded/services';
import type { Stack } from '@sightline/infra/embedded/stack';

interface WorkerOptions {
  /** URLs of clock cameras, by the ids of the cameras. */
  cameras: Record<string, string>;
  delayMs: number;
  /** Leaves out what names a frame, as older workers do. */
  nameless: boolean;
}

/** Starts the real worker on clock cameras, reading their burned-in clocks. */
export async function startWorker(stack: Stack, { cameras, delayMs, nameless }: WorkerOptions): Promise<Child> {
  const config = join(stack.state, 'vision-bench.json');
  const watched = Object.entries(cameras).map(([id, url]) => ({ id, url, barcode: true }));
  await writeFile(config, JSON.stringify(watched), { mode: 0o600 });
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
