import { Pool, types } from 'pg';
import type { Logger } from './logger.ts';

types.setTypeParser(types.builtins.INT8, (text) => Number.parseInt(text, 10));

/**
 * A pool of connections to Postgres as the service's own role. `bigint` comes as a number: positions stay below 2^53.
 * A connection that is lost, idle or taken, is told in the log, and fails whoever asks on it.
 */
export function connectPostgres(options: { url: string; service: string; logger: Logger; max?: number }): Pool {
  const pool = new Pool({
    connectionString: options.url,
    application_name: options.service,
    max: options.max ?? 8,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 30_000,
    keepAlive: true,
  });
  const told = (error: Error) => options.logger.warn({ err: error }, 'postgres connection lost');
  // The pool listens to those that are idle only: a taken one would end the process.
  pool.on('connect', (client) => client.on('error', told));
  pool.on('error', () => undefined);
  return pool;
}
