import type { Pool } from 'pg';
import { type Page, type PageQuery, positionBefore, readPage } from './page.ts';
import { type Form, select } from './record.ts';
import type { RawEvent, RecordedEvent } from './types.ts';

/** Which events to read; all conditions must hold. Positions and stream positions count from 1. */
export interface Filter {
  /** Only positions above this one. */
  after?: number;
  /** Only positions below this one. */
  before?: number;
  /** Only what was recorded at this moment or later. */
  since?: Date;
  /** Only what was recorded before this moment. */
  until?: Date;
  types?: readonly string[];
  /** Nouns of the streams. */
  categories?: readonly string[];
}

/** What to read and how: oldest first unless `backwards`, `pageSize` events (1,000) in a round trip. */
export interface ReadOptions extends Filter {
  backwards?: boolean;
  pageSize?: number;
}

/** Which part of one stream to read, by stream position. */
export interface StreamOptions {
  after?: number;
  before?: number;
  backwards?: boolean;
  pageSize?: number;
}

const pageSize = 1_000;

/** A part of the log, page by page: the next is fetched while one is worked on, no more, however slow the reader is. */
export async function* readPages<Item extends RawEvent | RecordedEvent>(
  pool: Pool,
  form: Form<Item>,
  options: ReadOptions,
): AsyncGenerator<Item[]> {
  let query = await pageQuery(pool, options);
  let ahead: Promise<Page<Item>> = readPage(pool, form, query);
  for (;;) {
    const { items, next, atEnd } = await ahead;
    if (!atEnd) {
      query = query.backwards ? { ...query, before: next } : { ...query, after: next };
      ahead = readPage(pool, form, query);
      ahead.catch(() => undefined);
    }
    if (items.length > 0) yield items;
    if (atEnd) return;
  }
}

/** The filter with its times as positions. */
async function pageQuery(pool: Pool, { since, until, pageSize: limit = pageSize, ...filter }: ReadOptions) {
  const query: PageQuery = { ...filter, limit };
  if (since) query.after = Math.max(filter.after ?? 0, await positionBefore(pool, since));
  if (until) query.before = Math.min(filter.before ?? Number.MAX_SAFE_INTEGER, (await positionBefore(pool, until)) + 1);
  return query;
}

/** One stream in its own order. */
export async function* readStream<Item extends RawEvent | RecordedEvent>(
  pool: Pool,
  form: Form<Item>,
  { stream, backwards = false, ...options }: StreamOptions & { stream: string },
): AsyncGenerator<Item> {
  const { after = 0, before = Number.MAX_SAFE_INTEGER, pageSize: limit = pageSize } = options;
  const bounds = { after, before };
  for (;;) {
    const where = `where stream_id = $1 and stream_position > $2 and stream_position < $3
      order by stream_position ${backwards ? 'desc' : 'asc'} limit $4`;
    const items = await select(pool, form, { where, values: [stream, bounds.after, bounds.before, limit] });
    yield* items;
    const last = items.at(-1);
    if (!last || items.length < limit) return;
    bounds[backwards ? 'before' : 'after'] = last.streamPosition;
  }
}

/** Pages as their events, one by one. */
export async function* each<Item>(pages: AsyncIterable<Item[]>): AsyncGenerator<Item> {
  for await (const page of pages) yield* page;
}
