import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createLogger } from '@sightline/service/logger';
import { connectPostgres } from '@sightline/service/postgres';
import type { Pool } from 'pg';
import { fixedPorts } from '../embedded/ports.ts';
import { secretsOf } from '../embedded/secrets.ts';
import { headsFileOf } from '../embedded/services.ts';
import { Failure } from './command.ts';

/** The database that is meant: the environment's DATABASE_URL, else that of the stack which `npm start` runs. */
export async function openDatabase(): Promise<Pool> {
  const url = process.env.DATABASE_URL || (await ownUrl());
  return connectPostgres({ url, service: 'log command', logger: createLogger('log command', 'silent'), max: 3 });
}

const state = process.env.SIGHTLINE_STATE || join(import.meta.dirname, '..', '..', '.state');
const hasStack = () =>
  readFile(join(state, 'secrets', 'secrets.json')).then(
    () => true,
    () => false,
  );

/** Where the signed heads of the stack which `npm start` runs are kept, and the public key that they are checked with. */
export async function ownHeads(): Promise<{ path: string; key: string }> {
  if (!(await hasStack()))
    throw new Failure(`There is no stack of Sightline in ${state}.`, 'name the heads and the key: --heads and --key');
  return { path: headsFileOf(state), key: (await secretsOf(state)).logSeal.publicKey };
}

async function ownUrl(): Promise<string> {
  if (!(await hasStack())) {
    throw new Failure(
      `There is no stack of Sightline in ${state}, and no DATABASE_URL.`,
      'npm start once, or give the owner’s DATABASE_URL: postgres://owner:password@host/sightline',
    );
  }
  const { postgres } = await secretsOf(state);
  return `postgres://postgres:${postgres.admin}@127.0.0.1:${fixedPorts.postgres}/sightline`;
}

/** A file as the caller names it: npm runs us in another folder than his. */
export const callersPath = (path: string): string => resolve(process.env.INIT_CWD ?? process.cwd(), path);

/** The schemas in which services remember how far they are. */
export async function followersSchemas(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ schema: string }>(
    "select schemaname as schema from pg_tables where tablename = 'checkpoints' order by schemaname",
  );
  return rows.map(({ schema }) => schema);
}
