import { type Logger, pause } from '@sightline/service';
import type { AppendListener } from './append-listener.ts';
import type { Page, PageQuery } from './page.ts';
import type { RecordedEvent } from './types.ts';

/** What to subscribe to, and until when. */
export interface SubscribeOptions {
  /** Only positions above this one. */
  after?: number;
  types?: readonly string[];
  categories?: readonly string[];
  signal: AbortSignal;
}

interface Source {
  read: { page(query: PageQuery): Promise<Page<RecordedEvent>> };
  appends: AppendListener;
  logger: Logger;
}

const pauseMs = 1_000;

/**
 * Everything after a position, then whatever comes. Without a seam, since it only ever reads pages by position: a
 * notification says when, never what. Outlives Postgres; holds one page, so that a slow reader costs nobody anything.
 */
export async function* subscribe(source: Source, options: SubscribeOptions): AsyncGenerator<RecordedEvent> {
  const { signal, ...filter } = options;
  let after = filter.after ?? 0;
  while (!signal.aborted) {
    const notifications = source.appends.notifications;
    const page = await nextPage(source, { ...filter, after });
    if (page === undefined) {
      await pause(pauseMs, signal);
      continue;
    }
    for (const event of page.items) {
      if (signal.aborted) return;
      yield event;
    }
    after = page.next;
    if (page.atEnd) await source.appends.next(notifications, signal);
  }
}

/** One page; undefined while Postgres cannot be read. */
async function nextPage({ read, logger }: Source, query: PageQuery) {
  try {
    return await read.page(query);
  } catch (error) {
    logger.warn({ err: error }, 'log not readable, trying again');
    return undefined;
  }
}
