import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Stack } from '@sightline/infra/embedded/stack';
import type { Pool } from 'pg';
import { from } from 'pg-copy-streams';
import { detection, type Load } from './load.ts';

/** Empties what is stored, so that each way begins with the same tables. */
export const empty = (pool: Pool) =>
  pool.query('truncate events.detections, events.objects, events.sightings, events.tracks, events.outbox');

/** How many a second the durable lane stores of a backlog that stands ready in Redis. */
export async function durableRate(
  stack: Stack,
  { load, pool, total }: { load: Load; pool: Pool; total: number },
): Promise<number> {
  await empty(pool);
  stack.child('events').kill('SIGSTOP');
  await backlog(load, total);
  stack.child('events').kill('SIGCONT');
  const started = performance.now();
  await stored(pool, total);
  return (total / (performance.now() - started)) * 1_000;
}

/** Writes a backlog as quickly as Redis takes it. */
export async function backlog(load: Load, total: number): Promise<void> {
  for (let written = 0; written < total; written += 500) {
    await Promise.all(Array.from({ length: Math.min(500, total - written) }, () => load.write('detections')));
  }
}

async function stored(pool: Pool, total: number): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ count: string }>('select count(*) from events.detections');
    if (Number(rows[0]?.count) >= total) return;
    await pause(20);
  }
}

/** The peer: the same rows by COPY into a staging table, then INSERT … ON CONFLICT into the same tables. */
export async function copyRate(pool: Pool, cameras: readonly string[], total: number): Promise<number> {
  await empty(pool);
  const client = await pool.connect();
  try {
    await client.query('create temporary table staging (line jsonb)');
    const lines = Array.from({ length: total }, (_, n) => detection(cameras[n % cameras.length] ?? '', n + 1));
    const started = performance.now();
    for (let first = 0; first < total; first += 5_000) {
      const text = lines.slice(first, first + 5_000).join('\n');
      await pipeline(Readable.from([`${text}\n`]), client.query(from('copy staging from stdin')));
      await client.query(toTables);
      await client.query('truncate staging');
    }
    return (total / (performance.now() - started)) * 1_000;
  } finally {
    client.release(true);
  }
}

const toTables = `with fresh as (
    insert into events.detections (captured_at_us, id, camera, site, detection)
    select (line->>'capturedAtUs')::bigint, md5(line::text), line->>'camera', 'bench', line from staging on conflict do nothing
    returning captured_at_us, id, site, camera, detection)
  insert into events.objects select o.* from fresh f,
    events.objects_of(f.captured_at_us, f.id, f.site, f.camera, f.detection) o`;
