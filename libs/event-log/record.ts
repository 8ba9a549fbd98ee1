import type { Metadata } from '@sightline/contracts';
import { type ClientBase, type CustomTypesConfig, type Pool, types as pgTypes } from 'pg';
import type { RawEvent, RecordedEvent } from './types.ts';
import { type Types, upcast } from './upcast.ts';

/** In which form events are read: what is made of a row. */
export type Form<Item> = (row: Row) => Item;

/** A row as it is selected: columns in this order. Times are in UTC, as Postgres writes them: `2026-11-24 10:00:00.12`. */
type Row = [
  position: number,
  stream: string,
  streamPosition: number,
  id: string,
  type: string,
  data: string,
  metadata: string,
  occurredAt: string,
  recordedAt: string,
];

const columns = `global_position, stream_id, stream_position, id, type, data, metadata,
  occurred_at at time zone 'UTC', recorded_at at time zone 'UTC'`;

/** Times stay text until it is known what they shall become. */
const types: CustomTypesConfig = {
  getTypeParser: (type, format) =>
    type === pgTypes.builtins.TIMESTAMP ? (text: string) => text : pgTypes.getTypeParser(type, format),
};

/** Events of the log by what follows `from log.events`. */
export async function select<Item>(
  client: Pool | ClientBase,
  form: Form<Item>,
  { where, values }: { where: string; values: unknown[] },
): Promise<Item[]> {
  const text = `select ${columns} from log.events ${where}`;
  const { rows } = await client.query<Row>({ text, values, types, rowMode: 'array' });
  return rows.map(form);
}

/** Events as programs take them: parsed, and of today's schema. */
export const recorded =
  (known: Types): Form<RecordedEvent> =>
  ([position, stream, streamPosition, id, type, text, metadataText, occurredAt, recordedAt]) => {
    const metadata = parseMetadata(metadataText);
    const { schema, data } = upcast(known, type, { schema: metadata.schema, data: JSON.parse(text) });
    metadata.schema = schema;
    return {
      position,
      stream,
      streamPosition,
      id,
      type,
      data,
      metadata,
      occurredAt: new Date(instant(occurredAt)),
      recordedAt: new Date(instant(recordedAt)),
    };
  };

/** Events as they stand, to the byte and the microsecond. */
export const raw: Form<RawEvent> = ([
  position,
  stream,
  streamPosition,
  id,
  type,
  data,
  metadata,
  occurredAt,
  recordedAt,
]) => ({
  position,
  stream,
  streamPosition,
  id,
  type,
  data,
  metadata,
  occurredAt: exact(occurredAt),
  recordedAt: exact(recordedAt),
});

/** Metadata were checked against their schema when they were appended. */
const parseMetadata = (text: string) => JSON.parse(text) as Metadata;

const instant = (time: string) => `${time.slice(0, 10)}T${time.slice(11)}Z`;

/** Postgres leaves out the zeros at the end of a fraction. */
const exact = (time: string) =>
  instant(time.length === 19 ? `${time}.000000` : time.padEnd('2026-11-24 10:00:00.000000'.length, '0'));
