import type { Logger } from '@sightline/service';
import type { Pool } from 'pg';
import { Appender } from './append.ts';
import { Bell } from './bell.ts';
import { type Filter, readAll, readHead, readLast, readStream } from './read.ts';
import { type SubscribeOptions, subscribe } from './subscribe.ts';
import type { Appended, EventSchemas, ExpectedPosition, NewEvent, RecordedEvent, Write } from './types.ts';

/** The event log of one process. */
export interface EventLog {
  /** Appends atomically. Throws `Conflict` or `InvalidEvent`; an error of the connection leaves it open: append again with the same ids. */
  append(stream: string, expected: ExpectedPosition, events: NewEvent[]): Promise<Appended>;
  /** Appends to several streams, all or nothing; answers one by one in the order given. Otherwise as `append`. */
  appendAll(writes: readonly Write[]): Promise<Appended[]>;
  read: {
    stream(stream: string, options?: { after?: number }): AsyncGenerator<RecordedEvent>;
    all(filter?: Filter): AsyncGenerator<RecordedEvent>;
    last(stream: string): Promise<RecordedEvent | undefined>;
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
    append: async (stream, expected, events) => {
      const [appended] = await appender.append([{ stream, expected, events }]);
      if (!appended) throw new Error('Expected an answer of log.append, got none.');
      return appended;
    },
    appendAll: (writes) => appender.append(writes),
    read: {
      stream: (stream, { after = 0 } = {}) => readStream(pool, stream, after),
      all: (filter = {}) => readAll(pool, filter),
      last: (stream) => readLast(pool, stream),
      head: () => readHead(pool),
    },
    subscribe: (filter) => subscribe({ pool, bell, logger }, filter),
    bell,
    close: () => bell.close(),
  };
}
