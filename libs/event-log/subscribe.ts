import { type Logger, pause } from '@sightline/service';
import type { Pool } from 'pg';
import type { Bell } from './bell.ts';
import { type Filter, readHead, readPage } from './read.ts';
import type { RecordedEvent } from './types.ts';

/** What to subscribe to, and until when. */
export interface SubscribeOptions extends Filter {
  signal: AbortSignal;
}

interface Source {
  pool: Pool;
  bell: Bell;
  logger: Logger;
}

const pauseMs = 1_000;

/**
 * Everything after a position, then whatever comes. Without a seam, since it only ever reads pages by position: the bell
 * says when, never what. Outlives Postgres; holds one page, so that a slow reader costs nobody anything.
 */
export async function* subscribe(source: Source, options: SubscribeOptions): AsyncGenerator<RecordedEvent> {
  const { signal, ...filter } = options;
  let after = filter.after ?? 0;
  while (!signal.aborted) {
    const rings = source.bell.rings;
    const page = await nextPage(source, { ...filter, after });
    if (page === undefined) {
      await pause(pauseMs, signal);
      continue;
    }
    for (const event of page.events) {
      if (signal.aborted) return;
      yield event;
    }
    after = page.position;
    if (page.events.length === 0) await source.bell.next(rings, signal);
  }
}

/** One page and the position up to which nothing more is to come; undefined while Postgres cannot be read. */
async function nextPage({ pool, logger }: Source, filter: Filter) {
  try {
    const passed = filter.types || filter.categories ? await readHead(pool) : 0;
    const events = await readPage(pool, filter);
    const last = events.at(-1)?.position;
    return { events, position: last ?? Math.max(passed, filter.after ?? 0) };
  } catch (error) {
    logger.warn({ err: error }, 'log not readable, trying again');
    return undefined;
  }
}
