import { type Logger, pause } from '@sightline/service';
import type { Pool } from 'pg';

interface LeadOptions {
  pool: Pool;
  logger: Logger;
  /** What is led: one process at a time, of all that name it so. */
  name: string;
  signal: AbortSignal;
  /** Called while this process leads, until its signal aborts; when it throws, it is called again. */
  work(signal: AbortSignal): Promise<void>;
}

const leaderLock = 'select pg_try_advisory_lock(hashtext($1)) as leader';

/** Does `work` in one process at a time, by an advisory lock. A paused process does not know that it lost the lock: fence what it does. */
export async function leadForEver({ logger, ...options }: LeadOptions): Promise<void> {
  const { name, signal } = options;
  while (!signal.aborted) {
    try {
      await lead(options);
    } catch (error) {
      logger.warn({ err: error }, `${name} stopped, starting again`);
    }
    await pause(1_000, signal);
  }
}

async function lead({ pool, name, signal, work }: Omit<LeadOptions, 'logger'>): Promise<void> {
  const client = await pool.connect();
  const lost = new AbortController();
  client.on('error', () => lost.abort());
  try {
    const { rows } = await client.query<{ leader: boolean }>(leaderLock, [name]);
    if (rows[0]?.leader) await work(AbortSignal.any([signal, lost.signal]));
  } finally {
    client.release(true);
  }
}
