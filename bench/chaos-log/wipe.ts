import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../../tests/support/until.ts';
import { allAtEnd } from './ends.ts';
import type { Run } from './run.ts';

/** Takes everything that JetStream has and resolves to how long it took until the whole log stood there again (s). */
export async function loseJetStream(run: Run): Promise<number> {
  const server = run.stack.child('nats');
  await server.stop(0);
  await rm(join(run.stack.state, 'nats', 'jetstream'), { recursive: true, force: true });
  server.start();
  const since = performance.now();
  await until('the relay has filled JetStream again', () => allAtEnd(run), 600_000);
  return (performance.now() - since) / 1000;
}
