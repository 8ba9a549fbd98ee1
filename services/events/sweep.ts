import { metrics } from '@sightline/service';
import type { Pool, PoolClient } from 'pg';
import { Counter } from 'prom-client';
import { daysBetween, dayUs, dropBefore } from './partitions.ts';
import type { Retention } from './retention.ts';

/** So many frames are looked at in one transaction: nobody waits long for their rows. */
const batch = 1_000;
/** So many rows go in one statement: however much there is, none runs into the time limit. */
const portion = 10_000;

const removed = new Counter({
  name: 'sightline_events_retention_removed_total',
  help: 'What was past its retention: partitions of whole days, frames, objects taken out of frames that are kept, and thumbnails.',
  labelNames: ['what'],
  registers: [metrics],
});

/** What a sweep has taken away. */
export interface Swept {
  partitions: number;
  frames: number;
  objects: number;
}

interface Batch {
  looked: number;
  frames: number;
  objects: number;
  last_us: string | null;
  last_id: string | null;
}

/**
 * Takes away what is past its retention: days by their partitions, what some rule keeps less long by rows, in batches. What
 * fails keeps nothing else from being swept; the first error is thrown when all is done.
 */
export async function sweep(pool: Pool, retention: Retention): Promise<Swept> {
  const swept: Swept = { partitions: 0, frames: 0, objects: 0 };
  const errors: unknown[] = [];
  for (const part of [sweepPartitions, sweepLetters, sweepFacts, sweepThumbnails, sweepRows])
    await part(pool, retention, swept).catch((error: unknown) => errors.push(error));
  if (errors.length > 0) throw errors[0];
  return swept;
}

async function sweepPartitions(pool: Pool, { firstDay }: Retention, swept: Swept): Promise<void> {
  swept.partitions = await dropBefore(pool, firstDay);
  removed.inc({ what: 'partitions' }, swept.partitions);
}

async function sweepLetters(pool: Pool, { today, usualDays }: Retention): Promise<void> {
  const first = ((today - usualDays) * dayUs) / 1e6;
  await deleteWhere(pool, { table: 'dead_letters', where: 'at < to_timestamp($2)', values: [first] });
}

async function sweepFacts(pool: Pool, { firstDay }: Retention): Promise<void> {
  await deleteWhere(pool, { table: 'track_facts', where: 'at_us < $2', values: [firstDay * dayUs] });
}

/** Deletes in portions, each a transaction; the values begin at $2. Resolves to how many rows went. */
async function deleteWhere(
  pool: Pool,
  { table, where, values }: { table: string; where: string; values: readonly unknown[] },
): Promise<number> {
  let gone = 0;
  for (;;) {
    const { rowCount } = await pool.query(
      `delete from events.${table} where ctid = any (array(select ctid from events.${table} where ${where} limit $1))`,
      [portion, ...values],
    );
    gone += rowCount ?? 0;
    if ((rowCount ?? 0) < portion) return gone;
  }
}

async function sweepRows(pool: Pool, retention: Retention, swept: Swept): Promise<void> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ mine: boolean }>(`select pg_try_advisory_lock(${lock}) as mine`);
    if (rows[0]?.mine)
      try {
        await sweepDays(client, retention, swept);
      } finally {
        await client.query(`select pg_advisory_unlock(${lock})`);
      }
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function sweepThumbnails(pool: Pool, { rules, usualDays, today, firstWholeDay }: Retention): Promise<void> {
  const gone = await deleteWhere(pool, {
    table: 'thumbnails',
    where: 'captured_at_us < $2 and events.kept_days($3::jsonb, site, class) < $4::int - captured_at_us / $5::bigint',
    values: [firstWholeDay * dayUs, JSON.stringify([...rules, { days: usualDays }]), today, dayUs],
  });
  removed.inc({ what: 'thumbnails' }, gone);
}

/** One copy sweeps at a time. */
const lock = `hashtext('events retention')`;

async function sweepDays(client: PoolClient, retention: Retention, swept: Swept): Promise<void> {
  const { firstDay, firstWholeDay, rules, usualDays } = retention;
  await client.query('delete from events.swept where day < $1', [firstDay]);
  for (const day of await daysBetween(client, firstDay, firstWholeDay)) {
    const age = retention.today - day;
    const inForce = JSON.stringify([...rules, { days: usualDays }]);
    // A day is looked at again only when another rule has begun to hold for it.
    const held = JSON.stringify([usualDays < age, rules.filter(({ days }) => days < age)]);
    const { rowCount } = await client.query('select from events.swept where day = $1 and rules = $2', [day, held]);
    if (rowCount) continue;
    await sweepDay(client, { day, age, rules: inForce }, swept);
    await client.query(
      'insert into events.swept values ($1, $2) on conflict (day) do update set rules = excluded.rules',
      [day, held],
    );
  }
}

async function sweepDay(
  client: PoolClient,
  { day, age, rules }: { day: number; age: number; rules: string },
  swept: Swept,
): Promise<void> {
  let after: [us: string | number, id: string] = [day * dayUs, ''];
  for (;;) {
    const { rows } = await client.query<Batch>(sweepBatch, [rules, age, ...after, (day + 1) * dayUs, batch]);
    const [found] = rows;
    if (!found || found.last_us === null || found.last_id === null) return;
    swept.frames += found.frames;
    swept.objects += found.objects;
    removed.inc({ what: 'frames' }, found.frames);
    removed.inc({ what: 'objects' }, found.objects);
    after = [found.last_us, found.last_id];
    if (found.looked < batch) return;
  }
}

const sweepBatch = `
  with looked as materialized (
    select captured_at_us, id, camera, site, detection->'objects' as objects from events.detections
    where captured_at_us >= $3::bigint and captured_at_us < $5::bigint and (captured_at_us, id) > ($3::bigint, $4)
    order by captured_at_us, id limit $6
  ), judged as materialized (
    select captured_at_us, id, camera, events.kept_days($1::jsonb, site, null) < $2::int as done, objects, (
      select coalesce(jsonb_agg(each.object order by each.n), '[]') from jsonb_array_elements(objects) with ordinality as each(object, n)
      where events.kept_days($1::jsonb, site, each.object->>'class') >= $2::int) as kept
    from looked
  ), changed as materialized (
    select *, done and kept = '[]' as gone from judged where kept <> objects or (done and kept = '[]')
  ), dropped as (
    delete from events.detections d using changed c where c.gone and d.captured_at_us = c.captured_at_us and d.id = c.id
      and d.captured_at_us >= $3::bigint and d.captured_at_us < $5::bigint returning 1
  ), stripped as (
    update events.detections d set detection = jsonb_set(d.detection, '{objects}', c.kept) from changed c
    where not c.gone and d.captured_at_us = c.captured_at_us and d.id = c.id
      and d.captured_at_us >= $3::bigint and d.captured_at_us < $5::bigint returning 1
  ), taken as (
    delete from events.objects o using changed c where o.camera = c.camera and o.captured_at_us = c.captured_at_us
      and o.detection = c.id and o.captured_at_us >= $3::bigint and o.captured_at_us < $5::bigint
      and events.kept_days($1::jsonb, o.site, o.class) < $2::int returning 1
  )
  select (select count(*)::int from looked) as looked, (select count(*)::int from dropped) as frames,
    (select count(*)::int from taken) as objects, last.captured_at_us::text as last_us, last.id as last_id
  from (select 1) one left join (select captured_at_us, id from looked order by captured_at_us desc, id desc limit 1) last on true`;
