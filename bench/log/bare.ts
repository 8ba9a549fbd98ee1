import type { Pool } from 'pg';
import type { event } from './stage.ts';

/** The limit: a table with the log's columns and indexes, and nothing that keeps its promises. */
export const bareTable = `create schema bare;
  create table bare.events (
    global_position bigint generated always as identity primary key, stream_id text not null, stream_position bigint not null,
    id uuid not null unique, type text not null, data text not null, metadata text not null, occurred_at timestamptz not null,
    recorded_at timestamptz not null default clock_timestamp(),
    category text not null generated always as (split_part(stream_id, '-', 1)) stored, unique (stream_id, stream_position));
  create index on bare.events (category, global_position)`;

const columns = ['stream_id', 'stream_position', 'id', 'type', 'data', 'metadata', 'occurred_at'];

/** One INSERT of all events, committed by itself, with a prepared statement. */
export async function insert(pool: Pool, stream: string, position: number, events: ReturnType<typeof event>[]) {
  const places = events.map((_, row) => `(${columns.map((_, column) => `$${row * columns.length + column + 1}`)})`);
  const values = events.flatMap(({ id, type, data, metadata }, index) => [
    stream,
    position + index,
    id,
    type,
    JSON.stringify(data),
    JSON.stringify(metadata),
    new Date(),
  ]);
  const text = `insert into bare.events (${columns}) values ${places}`;
  await pool.query({ name: `insert ${events.length}`, text, values });
}
