import { Pool, types } from 'pg';
import type { Logger } from './logger.ts';

types.setTypeParser(types.builtins.INT8, (text) => Number.parseInt(text, 10));

/** A pool of connections to Postgres as the service's own role. `bigint` comes as a number: positions stay below 2^53. */
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
  pool.on('error', (error) => options.logger.warn({ err: error }, 'postgres connection lost'));
  return pool;
}
