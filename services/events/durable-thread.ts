import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type Logger, metrics, pause } from '@sightline/service';
import { Counter } from 'prom-client';
import type { Config } from './config.ts';
import type { Done } from './durable-lane.ts';

const graceMs = 3_000;
const againMs = 1_000;
const stored = new Counter({
  name: 'sightline_events_durable_stored_total',
  help: 'Detections stored, repetitions included.',
  registers: [metrics],
});
const dead = new Counter({
  name: 'sightline_events_durable_dead_letters_total',
  help: 'Messages put aside with a reason.',
  registers: [metrics],
});

/**
 * Runs the durable lane on a thread of its own, so that a backlog which drains does not hold up the fast lane. A thread that
 * ends by itself is started again: what it had not acknowledged is read again. Resolves after `signal` has aborted.
 */
export async function runDurableThread(
  config: Config,
  { logger, signal }: { logger: Logger; signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    const worker = new Worker(new URL('./durable-worker.ts', import.meta.url), { workerData: config });
    worker.on('message', (done: Done) => {
      stored.inc(done.stored);
      dead.inc(done.dead);
    });
    worker.on('error', (error) => logger.error({ err: error }, 'the durable lane has failed'));
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    await Promise.race([ended, aborted(signal)]);
    if (signal.aborted) return stop(worker, ended);
    logger.error('the durable lane has ended, starting it again');
    await pause(againMs, signal);
  }
}

/** Lets it finish its batch; what cannot stop, because it still waits for a connection, is cut off. */
async function stop(worker: Worker, ended: Promise<unknown>): Promise<void> {
  worker.postMessage('stop');
  const timer = setTimeout(() => void worker.terminate(), graceMs);
  await ended;
  clearTimeout(timer);
}

const aborted = async (signal: AbortSignal): Promise<void> => {
  if (!signal.aborted) await once(signal, 'abort');
};
