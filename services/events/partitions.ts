import type { Pool, PoolClient } from 'pg';

const dayUs = 86_400_000_000;

/** Days (UTC, counted since 1970) as partitions of table `events.detections`. */
export const dayOf = (capturedAtUs: number): number => Math.floor(capturedAtUs / dayUs);

const nameOf = (day: number) =>
  `detections_${new Date((day * dayUs) / 1000).toISOString().slice(0, 10).replaceAll('-', '')}`;

/** Makes the partition of a day unless it is there. */
export async function ensurePartition(client: PoolClient, day: number): Promise<void> {
  await client.query('select pg_advisory_xact_lock(hashtext($1))', ['events partitions']);
  await client.query(
    `create table if not exists events.${nameOf(day)} partition of events.detections for values from (${day * dayUs}) to (${(day + 1) * dayUs})`,
  );
}

/** Drops the partitions of days before `firstDay`, and dead letters of before then. Returns how many partitions went. */
export async function dropBefore(pool: Pool, firstDay: number): Promise<number> {
  const { rows } = await pool.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'events.detections'::regclass`,
  );
  const old = rows.filter(({ name }) => name < nameOf(firstDay));
  for (const { name } of old) await pool.query(`drop table if exists events.${name}`);
  await pool.query('delete from events.dead_letters where at < to_timestamp($1)', [(firstDay * dayUs) / 1e6]);
  return old.length;
}
