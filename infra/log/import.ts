import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { textArray, uuidArray } from '@sightline/event-log/binary';
import { inTransaction } from '@sightline/event-log/transaction';
import type { PoolClient } from 'pg';
import { type Call, type Command, Failure } from './command.ts';
import { callersPath } from './database.ts';
import { End, Header, Line, linesOf, parseLine } from './format.ts';
import { counted } from './output.ts';

const help = `Fills an empty log from a file that export wrote: the same positions, ids, times and bytes. All of it, or nothing.

  npm run log -- import log.ndjson

Stop the services first, and see docs/runbooks/backup-and-restore.md for what the log does not hold.
`;

export const importing: Command = {
  summary: 'an export into an empty log: all of it, or nothing',
  help,
  options: {},
  run: async (call) => {
    const [name, ...more] = call.words;
    if (!name || more.length > 0) throw new Failure('Expected one file to read.', 'npm run log -- import log.ndjson');
    const path = callersPath(name);
    const file = await open(path);
    try {
      const size = (await file.stat()).size;
      const events = await inTransaction(call.pool, (tx) => fill(tx, path, { ...call, size }));
      call.output.result({ events, file: path }, `${counted(events)} events imported from ${path}.`);
    } finally {
      await file.close();
    }
  },
};

const batch = 1_000;

async function fill(tx: PoolClient, path: string, call: Call & { size: number }): Promise<number> {
  await tx.query('set local statement_timeout = 0');
  await lockEmpty(tx);
  const reader = new Reader();
  let events: Line[] = [];
  for await (const line of linesOf(createReadStream(path, { highWaterMark: 1 << 20 }))) {
    if (call.signal.aborted)
      throw new Failure('Stopped before the end: nothing was imported.', 'run the command again');
    const event = reader.take(line);
    if (event) events.push(event);
    if (events.length < batch) continue;
    await insert(tx, events);
    events = [];
    call.output.progress(
      `${counted(reader.events)} events, ${Math.floor((100 * reader.bytes) / call.size)} % of the file`,
    );
  }
  reader.end();
  if (events.length > 0) await insert(tx, events);
  await tx.query('update log.head set position = $1', [reader.events]);
  await tx.query("select pg_notify('log', $1)", [String(reader.events)]);
  return reader.events;
}

/** Holds the head, so that nobody appends meanwhile. */
async function lockEmpty(tx: PoolClient): Promise<void> {
  const { rows } = await tx.query<{ position: number }>('select position from log.head for update');
  const { rowCount } = await tx.query('select from log.events limit 1');
  const position = rows[0]?.position ?? 0;
  if (position > 0 || rowCount)
    throw new Failure(
      `The log is not empty: it stands at ${counted(position)}.`,
      'import into a new database; an import keeps every position, so that it cannot be put behind others',
    );
}

/** Reads an export line by line: in order, without a gap, and to its very end. */
class Reader {
  events = 0;
  bytes = 0;
  #lines = 0;
  #hash: Hash = createHash('sha256');
  #streams = new Map<string, number>();
  /** The line before: the last one is not an event. */
  #held: Buffer | undefined;

  take(line: Buffer): Line | undefined {
    this.bytes += line.length;
    const before = this.#held;
    this.#held = line;
    if (!before) return undefined;
    this.#hash.update(before);
    this.#lines += 1;
    if (this.#lines > 1) return this.#event(parseLine(Line, before, this.#lines));
    parseLine(Header, before, 1);
    return undefined;
  }

  #event(event: Line): Line {
    const { position, stream, streamPosition } = event;
    const before = this.#streams.get(stream) ?? 0;
    if (position !== this.events + 1 || streamPosition !== before + 1) {
      throw new Failure(
        `Expected position ${this.events + 1} and ${before + 1} of ${stream} in line ${this.#lines}, got ${position} and ${streamPosition}.`,
        'export the log again; nothing was imported',
      );
    }
    this.#streams.set(stream, streamPosition);
    this.events = position;
    return event;
  }

  /** Throws {@link Failure} when the export was cut off or changed. */
  end(): void {
    const last = this.#held;
    const found = End.safeParse(parsed(last));
    if (this.#lines === 0 || !found.success || last?.at(-1) !== 0x0a)
      throw new Failure(
        'The export is cut off: its last line is missing.',
        'export the log again; nothing was imported',
      );
    const { events, sha256 } = found.data;
    if (events !== this.events || sha256 !== this.#hash.digest('hex')) {
      throw new Failure(
        `The export was changed: it says ${counted(events)} events with another hash than these ${counted(this.events)}.`,
        'take the file as export wrote it; nothing was imported',
      );
    }
  }
}

function parsed(line: Buffer | undefined): unknown {
  try {
    return JSON.parse(String(line));
  } catch {
    return undefined;
  }
}

async function insert(tx: PoolClient, events: readonly Line[]): Promise<void> {
  await tx.query({
    name: 'import',
    text: `insert into log.events
        (global_position, stream_id, stream_position, id, type, data, metadata, occurred_at, recorded_at)
      select position, stream, stream_position, id, type, data, metadata, occurred_at::timestamptz, recorded_at::timestamptz
        from unnest($1::bigint[], $2::text[], $3::bigint[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
          as e (position, stream, stream_position, id, type, data, metadata, occurred_at, recorded_at)`,
    values: [
      events.map(({ position }) => position),
      textArray(events.map(({ stream }) => stream)),
      events.map(({ streamPosition }) => streamPosition),
      uuidArray(events.map(({ id }) => id)),
      textArray(events.map(({ type }) => type)),
      textArray(events.map(({ data }) => data)),
      textArray(events.map(({ metadata }) => metadata)),
      textArray(events.map(({ occurredAt }) => occurredAt)),
      textArray(events.map(({ recordedAt }) => recordedAt)),
    ],
  });
}
