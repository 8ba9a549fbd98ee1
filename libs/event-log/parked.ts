import { type ClientBase, escapeIdentifier, type Pool } from 'pg';
import { checkpointsOf } from './checkpoint.ts';
import { inTransaction } from './transaction.ts';
import type { RecordedEvent } from './types.ts';

/** An event that a consumer could not handle, or that waits behind one of its stream. */
export interface ParkedEvent {
  consumer: string;
  position: number;
  stream: string;
  type: string;
  reason: string;
  /** How often it was tried; 0 for one that only waits. */
  tries: number;
  /** It was asked for again and will be tried shortly. */
  retrying: boolean;
  parkedAt: Date;
}

/** Which consumer's parked events are meant. `schema` is where its checkpoints stand. */
export interface ParkedOf {
  schema: string;
  consumer: string;
}

export const checkpointName = (consumer: string) => `consumer ${consumer}`;
export const parkedTable = (schema: string) => `${escapeIdentifier(schema)}.parked`;
const columns = `consumer, position, stream_id as stream, type, reason, tries, retrying, parked_at as "parkedAt"`;

/** All parked events of a schema's consumers, or of one, in order of position. */
export async function listParked(pool: Pool, options: { schema: string; consumer?: string }): Promise<ParkedEvent[]> {
  const { rows } = await pool.query<ParkedEvent>(
    `select ${columns} from ${parkedTable(options.schema)} where $1::text is null or consumer = $1 order by consumer, position`,
    [options.consumer ?? null],
  );
  return rows;
}

/** Asks for a consumer's parked events again, of one stream or all: its copies try them within seconds, in order. Resolves to how many. */
export function retryParked(pool: Pool, options: ParkedOf & { stream?: string }): Promise<number> {
  return whileConsumerRests(pool, options, async (tx) => {
    const { rowCount } = await tx.query(
      `update ${parkedTable(options.schema)} set retrying = true where consumer = $1 and ($2::text is null or stream_id = $2)`,
      [options.consumer, options.stream ?? null],
    );
    return rowCount ?? 0;
  });
}

/** Gives one parked event up for good; those behind it stay until they are asked for again. Resolves to whether it was there. */
export function dropParked(pool: Pool, options: ParkedOf & { position: number }): Promise<boolean> {
  return whileConsumerRests(pool, options, (tx) => removeParked(tx, options));
}

/** Takes the row away, since the event was handled or given up. */
export async function removeParked(tx: ClientBase, { schema, consumer, position }: ParkedOf & { position: number }) {
  const { rowCount } = await tx.query(`delete from ${parkedTable(schema)} where consumer = $1 and position = $2`, [
    consumer,
    position,
  ]);
  return rowCount === 1;
}

/** Parks an event; one that comes behind others of its stream is asked for again when they are. */
export async function park(tx: ClientBase, { schema, consumer }: ParkedOf, event: RecordedEvent, why: Why) {
  await tx.query(
    `insert into ${parkedTable(schema)} as p (consumer, position, stream_id, type, reason, tries, retrying)
     select $1, $2, $3, $4, $5, $6, coalesce(bool_or(retrying), false)
       from ${parkedTable(schema)} where consumer = $1 and stream_id = $3
     on conflict (consumer, position) do update set reason = excluded.reason, tries = p.tries + excluded.tries`,
    [consumer, event.position, event.stream, event.type, why.reason.slice(0, 500), why.tries],
  );
}

export interface Why {
  reason: string;
  tries: number;
}

/** Which of these streams have parked events, and at which position the first stands. */
export async function parkedStreams(tx: ClientBase, { schema, consumer }: ParkedOf, streams: readonly string[]) {
  const { rows } = await tx.query<{ stream: string; first: number }>(
    `select stream_id as stream, min(position) as first from ${parkedTable(schema)}
      where consumer = $1 and stream_id = any ($2) group by stream_id`,
    [consumer, streams],
  );
  return new Map(rows.map(({ stream, first }) => [stream, first]));
}

/** Its copies work under the lock on its checkpoint, so that nothing is parked or tried meanwhile. */
function whileConsumerRests<Result>(
  pool: Pool,
  { schema, consumer }: ParkedOf,
  work: (tx: ClientBase) => Promise<Result>,
): Promise<Result> {
  return inTransaction(pool, async (tx) => {
    const found = await checkpointsOf(tx, schema).lock(checkpointName(consumer));
    if (!found) throw new Error(`Expected a consumer of schema ${schema}, got ${consumer}: it has never run.`);
    return work(tx);
  });
}
