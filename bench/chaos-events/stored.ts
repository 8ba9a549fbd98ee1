import type { Pool } from 'pg';
import { check, type Findings } from './checker.ts';

const tables = {
  detections: `select detection->'worker'->>'run' || ' ' || (detection->'frame'->>'sequence') as key from events.detections`,
  objects: `select d.detection->'worker'->>'run' || ' ' || (d.detection->'frame'->>'sequence') as key
    from events.objects o join events.detections d on d.captured_at_us = o.captured_at_us and d.id = o.detection`,
};

/** Holds what Redis acknowledged against one of both tables that the durable lane writes. */
export async function checkStored(
  pool: Pool,
  table: keyof typeof tables,
  acknowledged: Iterable<string>,
): Promise<Findings> {
  const { rows } = await pool.query<{ key: string }>(tables[table]);
  return check(
    acknowledged,
    rows.map(({ key }) => key),
  );
}
