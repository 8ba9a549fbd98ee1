import { listParked } from '@sightline/event-log/parked';
import { escapeIdentifier, type Pool } from 'pg';
import type { Command } from './command.ts';
import { followersSchemas } from './database.ts';
import { counted, table } from './output.ts';

const help = `How long the log is, what stands in it, and how far those are who follow it.

  npm run log -- stats           counts every event: about a second a million
  npm run log -- stats --json
`;

export const stats: Command = {
  summary: 'how long the log is, what stands in it, how far its followers are',
  help,
  options: {},
  run: async ({ pool, output }) => {
    output.progress('counting');
    const log = await lengthOf(pool);
    const types = await typesOf(pool);
    const followers = await followersOf(pool, log.events);
    const text = [
      `${counted(log.events)} events in ${counted(log.streams)} streams, ${counted(log.bytes)} bytes with indexes`,
      log.events > 0 ? `recorded from ${log.first} to ${log.last}` : '',
      table([['type', 'events', 'bytes'], ...types.map(({ type, events, bytes }) => [type, events, bytes])]),
      '',
      table([
        ['follower', 'position', 'behind', 'parked'],
        ...followers.map(({ schema, name, position, behind, parked }) => [
          `${schema}: ${name}`,
          position,
          behind,
          parked,
        ]),
      ]),
    ];
    output.result({ ...log, types, followers }, text.join('\n'));
  },
};

interface Length {
  events: number;
  streams: number;
  bytes: number;
  first: string | null;
  last: string | null;
}

async function lengthOf(pool: Pool): Promise<Length> {
  const recorded = (order: string) =>
    `(select to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') from log.events order by global_position ${order} limit 1)`;
  const [row] = await unhurried<Length>(
    pool,
    `select (select coalesce(max(global_position), 0) from log.events) as events,
            (select count(*) from log.events where stream_position = 1) as streams,
            pg_total_relation_size('log.events') as bytes, ${recorded('asc')} as first, ${recorded('desc')} as last`,
  );
  if (!row) throw new Error('Expected one row of figures, got none.');
  return row;
}

const typesOf = (pool: Pool) =>
  unhurried<{ type: string; events: number; bytes: number }>(
    pool,
    `select type, count(*) as events, sum(octet_length(data) + octet_length(metadata))::bigint as bytes
       from log.events group by type order by 2 desc, 1`,
  );

/** A question that may take longer than a service would wait. */
async function unhurried<Row extends object>(pool: Pool, text: string): Promise<Row[]> {
  const client = await pool.connect();
  try {
    await client.query('set statement_timeout = 0');
    return (await client.query<Row>(text)).rows;
  } finally {
    client.release(true);
  }
}

async function followersOf(pool: Pool, head: number) {
  const found = [];
  for (const schema of await followersSchemas(pool)) {
    const parked = await listParked(pool, { schema });
    const { rows } = await pool.query<{ name: string; position: number }>(
      `select name, greatest(position, 0) as position from ${escapeIdentifier(schema)}.checkpoints order by name`,
    );
    for (const { name, position } of rows) {
      const waiting = parked.filter(({ consumer }) => name === `consumer ${consumer}`).length;
      found.push({ schema, name, position, behind: Math.max(0, head - position), parked: waiting });
    }
  }
  return found;
}
