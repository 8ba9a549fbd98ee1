import type { Pool, PoolClient } from 'pg';

/** A day (µs). */
export const dayUs = 86_400_000_000;

/** What is kept a partition a day. */
const tables = ['detections', 'objects'] as const;

/** Days (UTC, counted since 1970) as partitions of what AI saw. */
export const dayOf = (capturedAtUs: number): number => Math.floor(capturedAtUs / dayUs);

const suffixOf = (day: number) => new Date((day * dayUs) / 1000).toISOString().slice(0, 10).replaceAll('-', '');

/** Makes the partitions of a day unless they are there. */
export async function ensurePartition(client: PoolClient, day: number): Promise<void> {
  await client.query('select pg_advisory_xact_lock(hashtext($1))', ['events partitions']);
  for (const table of tables) {
    await client.query(
      `create table if not exists events.${table}_${suffixOf(day)} partition of events.${table}
       for values from (${day * dayUs}) to (${(day + 1) * dayUs})`,
    );
  }
}

/** The days from `first` on and before `end` of which something may be stored, oldest first. */
export async function daysBetween(client: PoolClient, first: number, end: number): Promise<number[]> {
  const names = await partitionsOf(client, ['detections']);
  return names
    .map(dayNamed)
    .filter((day) => day >= first && day < end)
    .sort((a, b) => a - b);
}

/** Drops the partitions of days before `firstDay`. Returns how many went. */
export async function dropBefore(pool: Pool, firstDay: number): Promise<number> {
  const old = (await partitionsOf(pool, tables)).filter((name) => dayNamed(name) < firstDay);
  for (const name of old) await pool.query(`drop table if exists events.${name}`);
  return old.length;
}

async function partitionsOf(client: Pool | PoolClient, parents: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = any ($1::regclass[])`,
    [parents.map((table) => `events.${table}`)],
  );
  return rows.map(({ name }) => name);
}

function dayNamed(partition: string): number {
  const [, year, month, day] = /_(\d{4})(\d\d)(\d\d)$/.exec(partition) ?? [];
  return dayOf(Date.UTC(Number(year), Number(month) - 1, Number(day)) * 1000);
}
