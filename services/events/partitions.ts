import type { Pool, PoolClient } from 'pg';

const dayUs = 86_400_000_000;

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

/** Drops the partitions of days before `firstDay`, and dead letters of before then. Returns how many partitions went. */
export async function dropBefore(pool: Pool, firstDay: number): Promise<number> {
  const { rows } = await pool.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent in ('events.detections'::regclass, 'events.objects'::regclass)`,
  );
  const old = rows.filter(({ name }) => (name.split('_')[1] ?? '') < suffixOf(firstDay));
  for (const { name } of old) await pool.query(`drop table if exists events.${name}`);
  await pool.query('delete from events.dead_letters where at < to_timestamp($1)', [(firstDay * dayUs) / 1e6]);
  return old.length;
}
