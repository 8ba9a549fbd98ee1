import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ClientBase, escapeIdentifier, type Pool } from 'pg';
import { besideOf } from './rebuild.ts';

/** Brings schema `log` up to date, as its owner. Several may call it at once: they wait for each other. */
export async function migrateLog(client: ClientBase): Promise<void> {
  const folder = join(import.meta.dirname, 'migrations');
  const functions = join(import.meta.dirname, 'functions', 'append.sql');
  await applyFolder(client, { schema: 'log', folder, first: 'create schema if not exists log', functions });
}

/**
 * Brings a service's own schema up to date: what followers of the log remember there, then its `*.sql` files in order of
 * name. Several copies may call it at once. Schema `<schema>_rebuild` is made when it is missing, which takes the right to.
 */
export async function migrateSchema(options: { pool: Pool; schema: string; folder: string }): Promise<void> {
  const { pool, schema, folder } = options;
  const client = await pool.connect();
  try {
    await applyFolder(client, { schema, folder, first: followersTables(schema) });
    const beside = besideOf(schema);
    const { rowCount } = await client.query('select from pg_namespace where nspname = $1', [beside]);
    if (!rowCount) await client.query(`create schema if not exists ${escapeIdentifier(beside)}`);
  } finally {
    client.release();
  }
}

const followersTables = (schema: string) => `
  create table if not exists ${escapeIdentifier(schema)}.checkpoints
    (name text primary key, version int not null, position bigint not null);
  create table if not exists ${escapeIdentifier(schema)}.parked (
    consumer text not null, position bigint not null, stream_id text not null, type text not null, reason text not null,
    tries int not null, retrying boolean not null default false, parked_at timestamptz not null default now(),
    primary key (consumer, position));
  create index if not exists parked_by_stream on ${escapeIdentifier(schema)}.parked (consumer, stream_id)`;

interface Migration {
  schema: string;
  folder: string;
  /** A statement that goes before the files, each time. */
  first: string;
  /** A file that goes after them, whenever it is another one than the last time: it replaces what it makes. */
  functions?: string;
}

async function applyFolder(client: ClientBase, { schema, folder, first, functions }: Migration): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const table = `${escapeIdentifier(schema)}.migrations`;
  await client.query('begin');
  try {
    await client.query('select pg_advisory_xact_lock(hashtext($1))', [`migrate ${schema}`]);
    await client.query(first);
    await client.query(
      `create table if not exists ${table} (name text primary key, applied_at timestamptz not null default now())`,
    );
    const { rows } = await client.query<{ name: string }>(`select name from ${table}`);
    const applied = new Set(rows.map(({ name }) => name));
    for (const name of names.filter((file) => !applied.has(file))) {
      await client.query(await readFile(join(folder, name), 'utf8'));
      await client.query(`insert into ${table} (name) values ($1)`, [name]);
    }
    if (functions) await replaceFunctions(client, { functions, table, applied });
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function replaceFunctions(
  client: ClientBase,
  { functions, table, applied }: { functions: string; table: string; applied: ReadonlySet<string> },
): Promise<void> {
  const text = await readFile(functions, 'utf8');
  const name = `functions ${createHash('sha256').update(text).digest('hex')}`;
  if (applied.has(name)) return;
  await client.query(text);
  await client.query(`delete from ${table} where name like 'functions %'`);
  await client.query(`insert into ${table} (name) values ($1)`, [name]);
}
