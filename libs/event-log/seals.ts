import type { KeyObject } from 'node:crypto';
import type { SealHead } from '@sightline/contracts';
import type { ClientBase, Pool } from 'pg';
import { type Link, link } from './chain.ts';
import { parseHead } from './head.ts';
import type { RawEvent } from './types.ts';

/** Which event stood where when it was sealed. */
export interface Seal extends Link {
  id: string;
}

/** Events as their seals, from where the chain stands. */
export function sealsOf(events: readonly RawEvent[], from: Link): Seal[] {
  let { hash } = from;
  return events.map((event) => {
    hash = link(hash, event);
    return { position: event.position, id: event.id, hash };
  });
}

/** Where the chain beside the events ends; undefined before the first. */
export async function lastSeal(client: Pool | ClientBase): Promise<Seal | undefined> {
  return (await selectSeals(client, 'order by global_position desc limit 1'))[0];
}

/** The seals of the positions above `after`, up to `upTo`. */
export const readSeals = (client: Pool | ClientBase, { after, upTo }: { after: number; upTo: number }) =>
  selectSeals(client, 'where global_position > $1 and global_position <= $2 order by global_position', [after, upTo]);

/** Keeps seals. Throws when one of the positions is sealed already. */
export async function writeSeals(client: Pool | ClientBase, seals: readonly Seal[]): Promise<void> {
  const text = `insert into log.seals (global_position, id, hash)
    select position, id, decode(hash, 'hex') from unnest($1::bigint[], $2::uuid[], $3::text[]) as s (position, id, hash)`;
  const values = [seals.map(({ position }) => position), seals.map(({ id }) => id), seals.map(({ hash }) => hash)];
  await client.query({ name: 'log.seal', text, values });
}

async function selectSeals(client: Pool | ClientBase, where: string, values: unknown[] = []): Promise<Seal[]> {
  const text = `select global_position as position, id, encode(hash, 'hex') as hash from log.seals ${where}`;
  return (await client.query<Seal>(text, values)).rows;
}

/** The heads above a number, oldest first, as the database has them: each signed, or it throws. */
export async function readKeptHeads(pool: Pool, after: number, key: KeyObject): Promise<SealHead[]> {
  const { rows } = await pool.query<{ head: string }>(
    'select head from log.seal_heads where number > $1 order by number limit 1000',
    [after],
  );
  return rows.map(({ head }) => parseHead(head, key));
}

/** Number and position of the newest head that the database has. */
export async function lastKeptHead(client: Pool | ClientBase): Promise<{ number: number; text: string } | undefined> {
  const { rows } = await client.query<{ number: number; text: string }>(
    'select number, head as text from log.seal_heads order by number desc limit 1',
  );
  return rows[0];
}

/** Keeps a head. Throws when another of its number is there. */
export async function keepHead(pool: Pool, head: SealHead): Promise<void> {
  await pool.query('insert into log.seal_heads (number, head) values ($1, $2)', [head.number, JSON.stringify(head)]);
}

/** When somebody last asked for a head at once, ms since 1970; 0 when nobody did. */
export async function lastWish(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ at: number }>(
    "select case when wished_at = '-infinity' then 0 else (extract(epoch from wished_at) * 1000)::bigint end as at from log.seal_wish",
  );
  return rows[0]?.at ?? 0;
}

/** Asks whoever seals for a head at once. */
export async function wishForHead(pool: Pool): Promise<void> {
  await pool.query("update log.seal_wish set wished_at = clock_timestamp(); select pg_notify('log', 'seal')");
}
