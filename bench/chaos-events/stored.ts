import type { Pool } from 'pg';
import { until } from '../../tests/support/until.ts';
import type { Goal } from '../lib/report.ts';
import { check, type Findings } from './checker.ts';

const tables = {
  detections: `select detection->'worker'->>'run' || ' ' || (detection->'frame'->>'sequence') as key from events.detections`,
  objects: `select d.detection->'worker'->>'run' || ' ' || (d.detection->'frame'->>'sequence') as key
    from events.objects o join events.detections d on d.captured_at_us = o.captured_at_us and d.id = o.detection`,
};

/**
 * Waits at most so long (ms) until everything that Redis acknowledged is stored, then holds it against both tables that the
 * durable lane writes; prints what is missing or there again.
 */
export async function storedGoals(pool: Pool, acknowledged: ReadonlySet<string>, drainMs: number): Promise<Goal[]> {
  const find = (table: keyof typeof tables) => checkTable(pool, table, acknowledged);
  const detections = await until(
    'everything stored',
    async () => {
      const now = await find('detections');
      return now.lost.length === 0 && now;
    },
    drainMs,
  ).catch(() => find('detections'));
  const objects = await find('objects');
  console.log(`${acknowledged.size} detections acknowledged by Redis.`);
  for (const [what, list] of Object.entries(detections))
    if (list.length > 0) console.log(`${what}: ${list.slice(0, 20).join(', ')}`);
  if (detections.lost.length > 0) console.table(await putAside(pool));
  return [
    { name: 'lost', value: Math.max(detections.lost.length, objects.lost.length), atMost: 0 },
    { name: 'twice', value: Math.max(detections.twice.length, objects.twice.length), atMost: 0 },
  ];
}

/** What the durable lane put aside instead, and why: one way to be lost. */
async function putAside(pool: Pool): Promise<object[]> {
  const { rows } = await pool.query<{ reason: string; count: string }>(
    'select left(reason, 100) as reason, count(*) from events.dead_letters group by 1 order by 2 desc',
  );
  return rows;
}

async function checkTable(pool: Pool, table: keyof typeof tables, acknowledged: Iterable<string>): Promise<Findings> {
  const { rows } = await pool.query<{ key: string }>(tables[table]);
  return check(
    acknowledged,
    rows.map(({ key }) => key),
  );
}
