import type { Logger } from '@sightline/service';
import type { ClientBase, Pool } from 'pg';
import { Appender } from './append.ts';
import { AppendListener } from './append-listener.ts';
import { AppendNotifier } from './append-notifier.ts';
import { type Page, type PageQuery, readHead, readPage } from './page.ts';
import { each, type ReadOptions, readPages, readStream, type StreamOptions } from './read.ts';
import { raw, recorded } from './record.ts';
import { type SubscribeOptions, subscribe } from './subscribe.ts';
import type { Appended, EventSchemas, ExpectedPosition, NewEvent, RawEvent, RecordedEvent, Write } from './types.ts';
import type { Upcasters } from './upcast.ts';

/** The event log of one process. */
export interface EventLog {
  /** Appends atomically. Throws `Conflict`, `InvalidEvent` or `Unavailable`, which leaves it open when the connection broke: append again with the same ids. */
  append(stream: string, expected: ExpectedPosition, events: NewEvent[]): Promise<Appended>;
  /** Appends to several streams, all or nothing; answers one by one in the order given. Otherwise as `append`. */
  appendAll(writes: readonly Write[]): Promise<Appended[]>;
  read: {
    /** One stream in its own order. */
    stream(stream: string, options?: StreamOptions): AsyncGenerator<RecordedEvent>;
    /** The newest event of one stream; undefined when it has none. */
    last(stream: string): Promise<RecordedEvent | undefined>;
    /** The log in order of position, either way. */
    all(options?: ReadOptions): AsyncGenerator<RecordedEvent>;
    /** The same a page at a time, which costs less an event. */
    pages(options?: ReadOptions): AsyncGenerator<RecordedEvent[]>;
    /** The same as it was written, to the byte and the microsecond; upcasters do not run. */
    raw(options?: ReadOptions): AsyncGenerator<RawEvent[]>;
    /** One page, in a transaction of the caller's if a client is given. */
    page(query: PageQuery, client?: ClientBase): Promise<Page<RecordedEvent>>;
    /** The position of the newest event, 0 when there is none. */
    head(): Promise<number>;
  };
  /** Everything after a position, then whatever comes, without a seam, until `signal` aborts. */
  subscribe(options: SubscribeOptions): AsyncGenerator<RecordedEvent>;
  appends: AppendListener;
  close(): void;
}

interface LogOptions {
  pool: Pool;
  logger: Logger;
  /** Every event type that the log takes. */
  schemas: EventSchemas;
  /** How older data of a type become today's. */
  upcasters?: Upcasters;
}

/** Opens the log. */
export function openEventLog({ pool, logger, schemas, upcasters = {} }: LogOptions): EventLog {
  const types = { schemas, upcasters };
  const appender = new Appender(pool, types, new AppendNotifier(pool, logger));
  const appends = new AppendListener(pool, logger);
  const form = recorded(types);
  const read: EventLog['read'] = {
    stream: (stream, options = {}) => readStream(pool, form, { stream, ...options }),
    last: async (stream) => (await read.stream(stream, { backwards: true, pageSize: 1 }).next()).value,
    all: (options = {}) => each(readPages(pool, form, options)),
    pages: (options = {}) => readPages(pool, form, options),
    raw: (options = {}) => readPages(pool, raw, options),
    page: (query, client) => readPage(client ?? pool, form, query),
    head: () => readHead(pool),
  };
  return {
    append: async (stream, expected, events) => {
      const [appended] = await appender.append([{ stream, expected, events }]);
      if (!appended) throw new Error('Expected an answer of log.append, got none.');
      return appended;
    },
    appendAll: (writes) => appender.append(writes),
    read,
    subscribe: (filter) => subscribe({ read, appends, logger }, filter),
    appends,
    close: () => appends.close(),
  };
}
