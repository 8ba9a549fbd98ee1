import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClientBase, Pool } from 'pg';

/** Brings schema `log` up to date, as its owner. */
export async function migrateLog(client: ClientBase): Promise<void> {
  await client.query('create schema if not exists log');
  await applyFolder(client, 'log', join(import.meta.dirname, 'migrations'));
}

/** Brings a service's own schema up to date: its `*.sql` files in order of name, and its checkpoints. Several copies may call it at once. */
export async function migrateSchema(options: { pool: Pool; schema: string; folder: string }): Promise<void> {
  const client = await options.pool.connect();
  const checkpoints = `create table if not exists ${options.schema}.checkpoints
    (name text primary key, version int not null, position bigint not null)`;
  try {
    await applyFolder(client, options.schema, options.folder);
    await client.query(checkpoints);
  } finally {
    client.release();
  }
}

async function applyFolder(client: ClientBase, schema: string, folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  await client.query('begin');
  try {
    await client.query('select pg_advisory_xact_lock(hashtext($1))', [`migrate ${schema}`]);
    await client.query(
      `create table if not exists ${schema}.migrations (name text primary key, applied_at timestamptz not null default now())`,
    );
    const { rows } = await client.query<{ name: string }>(`select name from ${schema}.migrations`);
    const applied = new Set(rows.map(({ name }) => name));
    for (const name of names.filter((file) => !applied.has(file))) {
      await client.query(await readFile(join(folder, name), 'utf8'));
      await client.query(`insert into ${schema}.migrations (name) values ($1)`, [name]);
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
