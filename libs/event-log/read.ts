import { Metadata } from '@sightline/contracts';
import type { Pool, PoolClient } from 'pg';
import type { RecordedEvent } from './types.ts';

/** Which events to read: those after a position, of these types, of these nouns; all conditions must hold. */
export interface Filter {
  after?: number;
  types?: readonly string[];
  categories?: readonly string[];
}

interface Row {
  global_position: number;
  stream_id: string;
  stream_position: number;
  id: string;
  type: string;
  data: string;
  metadata: string;
  occurred_at: Date;
  recorded_at: Date;
}

const columns = 'global_position, stream_id, stream_position, id, type, data, metadata, occurred_at, recorded_at';
const pageSize = 500;

/** One page of the whole log in order of position. */
export async function readPage(
  client: Pool | PoolClient,
  filter: Filter,
  limit: number = pageSize,
): Promise<RecordedEvent[]> {
  const { after = 0, types = null, categories = null } = filter;
  const { rows } = await client.query<Row>(
    `select ${columns} from log.events
      where global_position > $1 and ($2::text[] is null or type = any ($2)) and ($3::text[] is null or category = any ($3))
      order by global_position limit $4`,
    [after, types, categories, limit],
  );
  return rows.map(toEvent);
}

/** The whole log in order of position, page by page: a slow reader reads slowly and holds nothing. */
export async function* readAll(pool: Pool, filter: Filter): AsyncGenerator<RecordedEvent> {
  let after = filter.after ?? 0;
  for (;;) {
    const page = await readPage(pool, { ...filter, after });
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    after = last.position;
  }
}

/** One stream in its own order, after a stream position. */
export async function* readStream(pool: Pool, stream: string, after = 0): AsyncGenerator<RecordedEvent> {
  let from = after;
  for (;;) {
    const { rows } = await pool.query<Row>(
      `select ${columns} from log.events where stream_id = $1 and stream_position > $2 order by stream_position limit $3`,
      [stream, from, pageSize],
    );
    for (const row of rows) yield toEvent(row);
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return;
    from = last.stream_position;
  }
}

/** The newest event of one stream; undefined when it has none. */
export async function readLast(pool: Pool, stream: string): Promise<RecordedEvent | undefined> {
  const { rows } = await pool.query<Row>(
    `select ${columns} from log.events where stream_id = $1 order by stream_position desc limit 1`,
    [stream],
  );
  return rows[0] && toEvent(rows[0]);
}

/** The position of the newest event, 0 when there is none. */
export async function readHead(client: Pool | PoolClient): Promise<number> {
  const { rows } = await client.query<{ head: number }>(
    'select coalesce(max(global_position), 0) as head from log.events',
  );
  return rows[0]?.head ?? 0;
}

function toEvent(row: Row): RecordedEvent {
  return {
    position: row.global_position,
    stream: row.stream_id,
    streamPosition: row.stream_position,
    id: row.id,
    type: row.type,
    data: JSON.parse(row.data),
    metadata: Metadata.parse(JSON.parse(row.metadata)),
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
  };
}
