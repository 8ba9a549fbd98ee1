import type { Logger } from '@sightline/service';
import type { Pool } from 'pg';
import { Appender } from './append.ts';
import { Bell } from './bell.ts';
import { type Filter, readAll, readHead, readPage, readStream } from './read.ts';
import type { Appended, EventSchemas, ExpectedPosition, NewEvent, RecordedEvent } from './types.ts';

interface SubscribeOptions extends Filter {
  signal: AbortSignal;
}

/** The event log of one process. */
export interface EventLog {
  /** Appends atomically. Throws `Conflict` or `InvalidEvent`; an error of the connection leaves it open: append again with the same ids. */
  append(stream: string, expected: ExpectedPosition, events: NewEvent[]): Promise<Appended>;
  read: {
    stream(stream: string, options?: { after?: number }): AsyncGenerator<RecordedEvent>;
    all(filter?: Filter): AsyncGenerator<RecordedEvent>;
    head(): Promise<number>;
  };
  /** Everything after a position, then whatever comes, without a seam, until `signal` aborts. */
  subscribe(options: SubscribeOptions): AsyncGenerator<RecordedEvent>;
  bell: Bell;
  close(): void;
}

/** Opens the log. `schemas` names every event type that it takes. */
export function openEventLog(options: { pool: Pool; logger: Logger; schemas: EventSchemas }): EventLog {
  const { pool, logger, schemas } = options;
  const appender = new Appender(pool, schemas);
  const bell = new Bell(pool, logger);
  return {
    append: (stream, expected, events) => appender.append(stream, expected, events),
    read: {
      stream: (stream, { after = 0 } = {}) => readStream(pool, stream, after),
      all: (filter = {}) => readAll(pool, filter),
      head: () => readHead(pool),
    },
    subscribe: (filter) => subscribe(pool, bell, filter),
    bell,
    close: () => bell.close(),
  };
}

async function* subscribe(pool: Pool, bell: Bell, options: SubscribeOptions): AsyncGenerator<RecordedEvent> {
  const { signal, ...filter } = options;
  let after = filter.after ?? 0;
  while (!signal.aborted) {
    const rings = bell.rings;
    const page = await readPage(pool, { ...filter, after });
    for (const event of page) {
      yield event;
      after = event.position;
    }
    if (page.length === 0) await bell.next(rings, signal);
  }
}
