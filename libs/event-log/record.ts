import { Metadata } from '@sightline/contracts';
import type { RawEvent, RecordedEvent } from './types.ts';
import { type Types, upcast } from './upcast.ts';

/** In which form events are read: what is selected, and what is made of a row. */
export interface Form<Item> {
  columns: string;
  item(row: Record<string, unknown>): Item;
}

interface Row<Time> {
  global_position: number;
  stream_id: string;
  stream_position: number;
  id: string;
  type: string;
  data: string;
  metadata: string;
  occurred_at: Time;
  recorded_at: Time;
}

const columns = 'global_position, stream_id, stream_position, id, type, data, metadata';
const exact = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as ${column}`;

/** Events as programs take them: parsed, and of today's schema. */
export const recorded = (types: Types): Form<RecordedEvent> => ({
  columns: `${columns}, occurred_at, recorded_at`,
  item: (row) => toEvent(row as unknown as Row<Date>, types),
});

/** Events as they stand, to the byte and the microsecond. */
export const raw: Form<RawEvent> = {
  columns: `${columns}, ${exact('occurred_at')}, ${exact('recorded_at')}`,
  item: (row) => toRaw(row as unknown as Row<string>),
};

function toEvent(row: Row<Date>, types: Types): RecordedEvent {
  const metadata = Metadata.parse(JSON.parse(row.metadata));
  const { schema, data } = upcast(types, row.type, { schema: metadata.schema, data: JSON.parse(row.data) });
  return {
    position: row.global_position,
    stream: row.stream_id,
    streamPosition: row.stream_position,
    id: row.id,
    type: row.type,
    data,
    metadata: { ...metadata, schema },
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
  };
}

const toRaw = (row: Row<string>): RawEvent => ({
  position: row.global_position,
  stream: row.stream_id,
  streamPosition: row.stream_position,
  id: row.id,
  type: row.type,
  data: row.data,
  metadata: row.metadata,
  occurredAt: row.occurred_at,
  recordedAt: row.recorded_at,
});
