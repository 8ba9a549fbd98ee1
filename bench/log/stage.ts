import { randomUUIDv7 } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EventLog, migrateLog, type NewEvent, openEventLog } from '@sightline/event-log';
import { clearState } from '@sightline/infra/embedded/clear';
import { type Stack, startStack } from '@sightline/infra/embedded/stack';
import { connectPostgres, createLogger } from '@sightline/service';
import { Pool, type PoolConfig } from 'pg';
import { z } from 'zod';

const connections = 32;
export const logger = createLogger('bench', 'error');
const schemas = { CameraMoved: z.object({ from: z.string(), to: z.string(), reason: z.string(), steps: z.number() }) };
const reason = 'It was moved by hand, since the tree before it had grown, and stands two metres further now.';

/** An event of about 250 bytes, with an id of its own as a caller that may have to repeat it gives it. */
export const event = (steps: number): NewEvent & { id: string } => ({
  id: randomUUIDv7(),
  type: 'CameraMoved',
  data: { from: 'gate-north', to: 'gate-south', reason, steps },
  metadata: { site: 'bench', actor: { kind: 'service', id: 'bench' }, correlation: 'bench-log' },
});

/** A Postgres with the log in as many databases as are asked for, and NATS. All that is opened is closed with it. */
export interface Stage extends AsyncDisposable {
  stack: Stack;
  /** A pool of the superuser; `database` is made when it is missing, with a log of its own. */
  database(name?: string): Promise<Pool>;
  /** Another pool of the superuser. */
  pool(options?: PoolConfig): Pool;
  /** The log in the database of a pool. */
  log(pool: Pool): EventLog;
}

export async function openStage(): Promise<Stage> {
  const state = await mkdtemp(join(tmpdir(), 'sightline-bench-log-'));
  const stack = await startStack({ state, ports: 'free', parts: ['postgres', 'nats'] });
  const closers: (() => unknown)[] = [];
  const urlOf = (name: string) =>
    `postgres://postgres:${stack.secrets.postgres.admin}@127.0.0.1:${stack.ports.postgres}/${name}`;
  const closing = (pool: Pool) => {
    // Postgres may end a connection before its pool has: nothing is left to do on it.
    pool.on('error', () => undefined);
    closers.unshift(() => pool.end());
    return pool;
  };
  const poolOf = (name: string) =>
    closing(connectPostgres({ url: urlOf(name), service: 'bench', logger, max: connections }));
  const main = poolOf('sightline');
  return {
    stack,
    database: async (name) => {
      if (name === undefined) return main;
      await main.query(`create database ${name}`);
      const pool = poolOf(name);
      const client = await pool.connect();
      await migrateLog(client);
      client.release();
      return pool;
    },
    pool: (options) => closing(new Pool({ connectionString: urlOf('sightline'), max: connections, ...options })),
    log: (pool) => {
      const log = openEventLog({ pool, logger, schemas });
      closers.unshift(() => log.close());
      return log;
    },
    [Symbol.asyncDispose]: async () => {
      for (const close of closers) await close();
      await stack.close();
      await clearState(state);
    },
  };
}
