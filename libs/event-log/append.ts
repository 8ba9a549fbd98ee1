import { Metadata } from '@sightline/contracts';
import type { Pool } from 'pg';
import { Conflict, InvalidEvent } from './errors.ts';
import type { Appended, EventSchemas, ExpectedPosition, NewEvent } from './types.ts';
import { uuidv7 } from './uuid.ts';

/** What one append may hold at most. */
export const limits = { events: 1000, dataBytes: 256 * 1024, streamLength: 200 } as const;
const eventsPerRoundTrip = 2000;

interface Row {
  id: string;
  type: string;
  data: string;
  metadata: string;
  occurredAt: Date;
}

interface Request {
  stream: string;
  expected: ExpectedPosition;
  rows: Row[];
  resolve: (appended: Appended) => void;
  reject: (error: unknown) => void;
}

interface Outcome {
  request: number;
  outcome: 'appended' | 'duplicate' | 'conflict' | 'id_reused';
  stream_position: number;
  global_position: number;
}

const statement = `select * from log.append($1, $2, $3, $4, $5, $6, $7, $8)`;

/** Appends of one process share a round trip and a commit: callers queue while one is in flight, and fail each alone. */
export class Appender {
  readonly #pool: Pool;
  readonly #schemas: EventSchemas;
  #queue: Request[] = [];
  #flying = false;

  constructor(pool: Pool, schemas: EventSchemas) {
    this.#pool = pool;
    this.#schemas = schemas;
  }

  append(stream: string, expected: ExpectedPosition, events: NewEvent[]): Promise<Appended> {
    return new Promise((resolve, reject) => {
      const rows = checked(stream, events).map((event) => toRow(event, this.#schemas));
      this.#queue.push({ stream, expected, rows, resolve, reject });
      if (!this.#flying) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#flying = true;
    while (this.#queue.length > 0) {
      const batch = takeBatch(this.#queue);
      try {
        const { rows } = await this.#pool.query<Outcome>(statement, parameters(batch));
        for (const row of rows) settle(batch[row.request - 1], row);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#flying = false;
  }
}

function checked(stream: string, events: NewEvent[]): NewEvent[] {
  if (!/^[a-z]+-[A-Za-z0-9_-]+$/.test(stream) || stream.length > limits.streamLength) {
    throw new InvalidEvent(`Expected a stream named <noun>-<id>, got ${stream.slice(0, limits.streamLength)}.`);
  }
  if (events.length === 0 || events.length > limits.events) {
    throw new InvalidEvent(`Expected 1 to ${limits.events} events in one append, got ${events.length}.`);
  }
  return events;
}

function toRow(event: NewEvent, schemas: EventSchemas): Row {
  const schema = schemas[event.type];
  if (!schema) throw new InvalidEvent(`The log takes no event of type ${event.type}: it has no schema.`);
  const parsed = schema.safeParse(event.data);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    throw new InvalidEvent(`The data of ${event.type} does not fit its schema: ${fields}`);
  }
  const data = JSON.stringify(parsed.data);
  if (Buffer.byteLength(data) > limits.dataBytes) {
    throw new InvalidEvent(`The data of ${event.type} is larger than ${limits.dataBytes} bytes.`);
  }
  const metadata = JSON.stringify(Metadata.parse({ schema: 1, ...event.metadata }));
  return { id: event.id ?? uuidv7(), type: event.type, data, metadata, occurredAt: event.occurredAt ?? new Date() };
}

function takeBatch(queue: Request[]): Request[] {
  let events = 0;
  const end = queue.findIndex((request) => {
    events += request.rows.length;
    return events > eventsPerRoundTrip;
  });
  return queue.splice(0, end === -1 ? queue.length : Math.max(end, 1));
}

function parameters(batch: Request[]): unknown[] {
  const rows = batch.flatMap((request) => request.rows);
  return [
    batch.map(({ stream }) => stream),
    batch.map(({ expected }) => (expected === 'any' ? null : expected === 'none' ? 0 : expected)),
    batch.map((request) => request.rows.length),
    rows.map(({ id }) => id),
    rows.map(({ type }) => type),
    rows.map(({ data }) => data),
    rows.map(({ metadata }) => metadata),
    rows.map(({ occurredAt }) => occurredAt),
  ];
}

function settle(request: Request | undefined, row: Outcome): void {
  const { outcome, stream_position: streamPosition, global_position: position } = row;
  if (!request) return;
  if (outcome === 'conflict') request.reject(new Conflict(request.stream, request.expected, streamPosition));
  else if (outcome === 'id_reused')
    request.reject(new InvalidEvent(`An event id of ${request.stream} was used before.`));
  else request.resolve({ streamPosition, position, duplicate: outcome === 'duplicate' });
}
