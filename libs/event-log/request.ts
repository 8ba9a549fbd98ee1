import { textArray, timestamptzArray, uuidArray } from './binary.ts';
import { Conflict, InvalidEvent } from './errors.ts';
import { limits, roundTrip } from './limits.ts';
import { type Row, toRow } from './row.ts';
import type { Appended, ExpectedPosition, Write } from './types.ts';
import type { Types } from './upcast.ts';

interface CheckedWrite {
  stream: string;
  expected: ExpectedPosition;
  rows: Row[];
}

/** One caller's append, waiting for its round trip. */
export interface Request {
  writes: CheckedWrite[];
  ids: Set<string>;
  bytes: number;
  resolve: (appended: Appended[]) => void;
  reject: (error: unknown) => void;
}

/** What `log.append` answers for one write. */
export interface Outcome {
  outcome: 'appended' | 'duplicate' | 'conflict' | 'id_reused';
  stream_position: number;
  global_position: number;
}

/** Checks an append whole, so that nothing of it can fail those who share its round trip. Throws {@link InvalidEvent}. */
export function check(writes: readonly Write[], types: Types): Pick<Request, 'writes' | 'ids' | 'bytes'> {
  expectCount('streams', writes.length, limits.streams);
  const checked = writes.map(({ stream, expected, events }) => {
    checkStream(stream, expected);
    expectCount('events', events.length, limits.events);
    return { stream, expected, rows: events.map((event) => toRow(event, types)) };
  });
  const rows = checked.flatMap((write) => write.rows);
  const ids = new Set(rows.map(({ id }) => id));
  const bytes = rows.reduce((sum, row) => sum + row.bytes, 0);
  expectCount('events', rows.length, limits.events);
  if (new Set(writes.map(({ stream }) => stream)).size < writes.length)
    throw new InvalidEvent('Expected each stream once in one append, got one twice: give it all its events at once.');
  if (ids.size < rows.length) throw new InvalidEvent('Expected each event id once in one append, got one twice.');
  if (bytes > limits.appendBytes)
    throw new InvalidEvent(`Expected at most ${limits.appendBytes} bytes in one append, got ${bytes}.`);
  return { writes: checked, ids, bytes };
}

function checkStream(stream: string, expected: ExpectedPosition): void {
  if (!/^[a-z]+-[A-Za-z0-9_-]{1,190}$/.test(stream))
    throw new InvalidEvent(`Expected a stream named <noun>-<id>, got ${stream.slice(0, 100)}.`);
  if (typeof expected === 'number' && (!Number.isSafeInteger(expected) || expected < 0))
    throw new InvalidEvent(`Expected a stream position from 0, got ${expected}.`);
}

function expectCount(what: string, count: number, max: number): void {
  if (count < 1 || count > max) throw new InvalidEvent(`Expected 1 to ${max} ${what} in one append, got ${count}.`);
}

interface BatchLimits {
  /** Events, unless one append alone has more. */
  most: number;
  /** Appends to the same streams that are not answered yet: whoever follows one of them waits for it. */
  beside: readonly Request[];
}

/** Takes from the queue what one round trip carries. An event id that is in it already waits for the next. */
export function takeBatch(queue: Request[], { most, beside }: BatchLimits): Request[] {
  const ids = new Set<string>();
  const busy = new Set(beside.flatMap(streamsOf));
  let bytes = 0;
  let end = 0;
  for (const request of queue) {
    bytes += request.bytes;
    const full = ids.size + request.ids.size > Math.min(most, roundTrip.events) || bytes > roundTrip.bytes;
    if (end > 0 && (full || !ids.isDisjointFrom(request.ids))) break;
    if (streamsOf(request).some((stream) => busy.has(stream))) break;
    for (const id of request.ids) ids.add(id);
    end += 1;
  }
  return queue.splice(0, end);
}

const streamsOf = ({ writes }: Request) => writes.map(({ stream }) => stream);

interface Statement {
  name: string;
  text: string;
  values: unknown[];
}

/** The statement that carries a batch; see functions/append.sql. */
export const statementOf = (batch: readonly Request[]): Statement => ({
  name: 'log.append',
  text: 'select outcome, stream_position, global_position from log.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
  values: parameters(batch),
});

/** The quicker one for a batch of one event: it answers null when there is more to say than where that stands now. */
export function singleOf([first, ...others]: readonly Request[]): Statement | undefined {
  const [write, ...more] = first?.writes ?? [];
  const [row, ...rows] = write?.rows ?? [];
  if (!write || !row || others.length + more.length + rows.length > 0) return undefined;
  const { id, type, data, metadata, occurredAt } = row;
  return {
    name: 'log.append_one',
    text: 'select log.append_one($1, $2, $3, $4, $5, $6, $7) as positions',
    values: [write.stream, toExpected(write.expected), id, type, data, metadata, occurredAt.toISOString()],
  };
}

const toExpected = (expected: ExpectedPosition) => (expected === 'any' ? null : standing(expected));

/** The arguments of `log.append`; see functions/append.sql. */
export function parameters(batch: readonly Request[]): unknown[] {
  const writes = batch.flatMap((request, number) => request.writes.map((write) => ({ ...write, number })));
  const streams = new Map<string, number>();
  for (const { stream } of writes) if (!streams.has(stream)) streams.set(stream, streams.size + 1);
  const rows = writes.flatMap((write) => write.rows);
  return [
    [...streams.keys()],
    writes.map(({ number }) => number),
    writes.map(({ stream }) => streams.get(stream)),
    writes.map(({ expected }) => toExpected(expected)),
    writes.map((write) => write.rows.length),
    uuidArray(rows.map(({ id }) => id)),
    textArray(rows.map(({ type }) => type)),
    textArray(rows.map(({ data }) => data)),
    textArray(rows.map(({ metadata }) => metadata)),
    timestamptzArray(rows.map(({ occurredAt }) => occurredAt)),
  ];
}

const standing = (expected: ExpectedPosition) => (expected === 'none' ? 0 : expected);

/** Tells the caller what became of its append. `outcomes` are those of its writes, in order. */
export function settle(request: Request, outcomes: readonly Outcome[]): void {
  const verdict = outcomes[0]?.outcome;
  if (verdict === 'appended' || verdict === 'duplicate') request.resolve(outcomes.map(toAppended));
  else request.reject(verdict === 'id_reused' ? reused(request) : conflict(request, outcomes));
}

function reused({ writes }: Request): InvalidEvent {
  const streams = writes.map(({ stream }) => stream).join(', ');
  return new InvalidEvent(
    `An event id of this append to ${streams} belongs to another event of the log: make a new id.`,
  );
}

function conflict({ writes }: Request, outcomes: readonly Outcome[]): Error {
  for (const [index, { stream, expected }] of writes.entries()) {
    const actual = outcomes[index]?.stream_position;
    if (actual !== undefined && expected !== 'any' && standing(expected) !== actual)
      return new Conflict(stream, expected, actual);
  }
  return new Error(`Expected log.append to answer each write, got ${outcomes.length} answers.`);
}

const toAppended = ({ outcome, stream_position, global_position }: Outcome): Appended => ({
  streamPosition: stream_position,
  position: global_position,
  duplicate: outcome === 'duplicate',
});
