import type { ClientBase, Pool } from 'pg';
import { type Form, select } from './record.ts';
import type { RawEvent } from './types.ts';

/** A part of the log: positions between `after` and `before` (both not included), of these types, of these nouns. */
export interface PageQuery {
  after?: number;
  before?: number;
  types?: readonly string[] | undefined;
  categories?: readonly string[] | undefined;
  backwards?: boolean;
  limit?: number;
}

/** Some events, and where the next page begins: its `after`, or backwards its `before`. `atEnd`: there was no more. */
export interface Page<Item> {
  items: Item[];
  next: number;
  atEnd: boolean;
}

const pageSize = 1_000;
/** Whatever the form, an event says where it stands. */
type Positioned = Pick<RawEvent, 'position'>;

/** How many positions one statement looks at when it passes events over: it takes milliseconds on a log of any length. */
const window = 50_000;

/** One page of the log in order of position. */
export function readPage<Item extends Positioned>(
  client: Pool | ClientBase,
  form: Form<Item>,
  query: PageQuery,
): Promise<Page<Item>> {
  return query.backwards ? backwards(client, form, query) : forwards(client, form, query);
}

async function forwards<Item extends Positioned>(
  client: Pool | ClientBase,
  form: Form<Item>,
  query: PageQuery,
): Promise<Page<Item>> {
  const { after = 0, before = Number.MAX_SAFE_INTEGER, limit = pageSize } = query;
  const sparse = query.types !== undefined || query.categories !== undefined;
  // Read before the page: what comes in between the two is not passed over.
  const end = sparse ? Math.min(before - 1, await readHead(client)) : before - 1;
  const high = sparse ? Math.min(end, after + window) : end;
  const { items, last } = await between(client, form, { ...query, low: after, high, limit });
  if (items.length === limit) return { items, next: last ?? after, atEnd: false };
  return { items, next: sparse ? Math.max(after, high) : (last ?? after), atEnd: high >= end };
}

async function backwards<Item extends Positioned>(
  client: Pool | ClientBase,
  form: Form<Item>,
  query: PageQuery,
): Promise<Page<Item>> {
  const { after = 0, before = Number.MAX_SAFE_INTEGER, limit = pageSize } = query;
  const high = Math.min(before - 1, await readHead(client));
  const low = Math.max(after, high - window);
  const { items, last } = await between(client, form, { ...query, low, high, limit });
  if (items.length === limit) return { items, next: last ?? low + 1, atEnd: false };
  return { items, next: low + 1, atEnd: low <= after };
}

async function between<Item extends Positioned>(
  client: Pool | ClientBase,
  form: Form<Item>,
  query: PageQuery & { low: number; high: number; limit: number },
) {
  const { low, high, types = null, categories = null, limit } = query;
  const where = `where global_position > $1 and global_position <= $2
      and ($3::text[] is null or type = any ($3)) and ($4::text[] is null or category = any ($4))
    order by global_position ${query.backwards ? 'desc' : 'asc'} limit $5`;
  const items = await select(client, form, { where, values: [low, high, types, categories, limit] });
  return { items, last: items.at(-1)?.position };
}

/** The position of the newest event, 0 when there is none. */
export async function readHead(client: Pool | ClientBase): Promise<number> {
  const { rows } = await client.query<{ head: number }>(
    'select coalesce(max(global_position), 0) as head from log.events',
  );
  return rows[0]?.head ?? 0;
}

/** The last position that was recorded before a moment. Found by bisection, for positions have no gaps and recorded times do not fall. */
export async function positionBefore(client: Pool | ClientBase, moment: Date): Promise<number> {
  const { rows } = await client.query<{ position: number }>(
    `with recursive bisect (low, high) as (
       select 0::bigint, (select coalesce(max(global_position), 0) from log.events)
       union all
       select case when e.recorded_at < $1 then e.global_position else b.low end,
              case when e.recorded_at < $1 then b.high else e.global_position - 1 end
         from bisect b join log.events e on e.global_position = (b.low + b.high + 1) / 2
        where b.low < b.high
     ) select max(low) as position from bisect`,
    [moment],
  );
  return rows[0]?.position ?? 0;
}
