import { type Detection, redisKeys } from '@sightline/contracts';
import { type Directory, type Logger, metrics, pause } from '@sightline/service';
import type { Redis } from 'ioredis';
import { Counter } from 'prom-client';
import { BadPayload } from './adapters/index.ts';
import type { Clocks } from './clocks.ts';
import type { Payloads } from './payloads.ts';
import { firstCount, nextCount, portionsOf } from './portions.ts';
import { type StreamEntry, toEntries } from './redis.ts';
import type { Retention } from './retention.ts';
import type { Refusal, Store } from './store.ts';
import { readThumbnails, type Thumbnail } from './thumbnails.ts';
import { Unknown } from './unknown.ts';
import { type Taken, writeBatch } from './write-batch.ts';

interface DurableLaneOptions {
  reader: Redis;
  store: Store;
  directory: Directory;
  payloads: Payloads;
  clocks: Pick<Clocks, 'mark'>;
  /** Name of this copy within the consumer group. */
  instance: string;
  retention: Retention;
  logger: Logger;
  signal: AbortSignal;
}

/** Nobody waits for what is stored: a few are left to become more, which cost one commit then. */
const gatherMs = 100;
const stuckMs = 30_000;
const furthestAheadUs = 86_400_000_000;
const { stream, group } = redisKeys;
const stored = new Counter({
  name: 'sightline_events_durable_stored_total',
  help: 'Detections stored, repetitions included.',
  registers: [metrics],
});
const dead = new Counter({
  name: 'sightline_events_durable_dead_letters_total',
  help: 'Messages put aside with a reason.',
  registers: [metrics],
});

/**
 * The durable lane: a consumer group on the same stream, batches into Postgres; an entry is acknowledged only after the
 * commit. A copy goes on with its own unfinished entries when it comes back, and takes those of a dead one over.
 */
export async function runDurableLane(options: DurableLaneOptions): Promise<void> {
  const { reader, signal, logger, directory } = options;
  let connections = 0;
  reader.on('ready', () => {
    connections += 1;
  });
  await directory.ready;
  while (!signal.aborted) {
    try {
      await ensureGroup(reader);
      await consume(options, () => connections);
    } catch (error) {
      if (signal.aborted) return;
      logger.warn({ err: error }, 'durable lane interrupted, unfinished entries are read again');
      await pause(1_000, signal);
    }
  }
}

async function ensureGroup(reader: Redis): Promise<void> {
  try {
    await reader.xgroup('CREATE', stream, group, '0', 'MKSTREAM');
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('BUSYGROUP'))) throw error;
  }
}

async function consume(options: DurableLaneOptions, connections: () => number): Promise<void> {
  const { reader, instance, signal } = options;
  const unknown = new Unknown();
  let own = '0';
  let connection = connections();
  let claimAt = 0;
  let count = firstCount;
  while (!signal.aborted) {
    await finish(options, unknown.due());
    // A connection that broke may have taken an answer with it: what nobody got is among one's own, unfinished.
    if (connection !== connections()) [connection, own] = [connections(), '0'];
    if (performance.now() >= claimAt) {
      await finish(options, await claimStuck(reader, instance, count));
      await trim(reader);
      claimAt = performance.now() + stuckMs / 3;
    }
    const from = own === '' ? '>' : own;
    const answer = await reader.xreadgroup(
      'GROUP',
      group,
      instance,
      'COUNT',
      count,
      'BLOCK',
      1_000,
      'STREAMS',
      stream,
      from,
    );
    const entries = toEntries((answer as [string, [string, string[]][]][] | null)?.[0]?.[1] ?? []);
    await finish(options, entries, unknown);
    if (own !== '') own = entries.at(-1)?.id ?? '';
    else if (entries.length > 0 && entries.length < count) await pause(gatherMs, signal);
    count = nextCount(entries, count);
  }
}

async function claimStuck(reader: Redis, instance: string, count: number): Promise<StreamEntry[]> {
  const [, rows] = (await reader.xautoclaim(stream, group, instance, stuckMs, '0', 'COUNT', count)) as [
    string,
    [string, string[]][],
  ];
  return toEntries(rows);
}

/** Finishes what was read, a portion at a time; what is of an `unknown` camera is left for later where that is given. */
async function finish(options: DurableLaneOptions, entries: StreamEntry[], unknown?: Unknown): Promise<void> {
  for (const portion of portionsOf(entries)) await finishPortion(options, portion, unknown);
}

/** Stores a portion, then acknowledges it. */
async function finishPortion(options: DurableLaneOptions, entries: StreamEntry[], unknown?: Unknown): Promise<void> {
  const taken: Taken[] = [];
  const refusals: Refusal[] = [];
  const done: string[] = [];
  for (const entry of entries) {
    const outcome = normalise(options, entry);
    if ('reason' in outcome && outcome.unknownCamera && unknown?.keep(entry)) continue;
    if ('reason' in outcome) refusals.push(outcome);
    else {
      const thumbnails = thumbnailsOf(entry, outcome, refusals);
      taken.push({ detection: outcome, thumbnails, refuse: (reason) => refusalOf(entry, reason) });
    }
    done.push(entry.id);
  }
  if (done.length === 0) return;
  await writeBatch(options.store, taken, refusals);
  await options.reader.xack(stream, group, ...done);
  stored.inc(taken.length);
  dead.inc(refusals.length);
}

const refusalOf = ({ id, data }: StreamEntry, reason: string): Refusal => ({
  reason,
  source: 'stream',
  sourceId: id,
  payload: data,
});

/** So much of pictures that cannot be taken is put aside: they may show somebody. */
const pictureLetters = 200;

/** The pictures beside a detection, which is stored also when they cannot be. */
function thumbnailsOf({ id, thumbnails: text }: StreamEntry, detection: Detection, refusals: Refusal[]): Thumbnail[] {
  if (text === undefined) return [];
  try {
    return readThumbnails(text, detection);
  } catch (error) {
    if (!(error instanceof BadPayload)) throw error;
    const { message: reason } = error;
    refusals.push({ reason, source: 'stream', sourceId: `${id} thumbnails`, payload: text.slice(0, pictureLetters) });
    return [];
  }
}

type Refused = Refusal & { unknownCamera?: boolean };

function normalise(options: DurableLaneOptions, entry: StreamEntry): Detection | Refused {
  const { directory, payloads, clocks, retention } = options;
  const { id } = entry;
  const refuse = (reason: string): Refused => refusalOf(entry, reason);
  try {
    const draft = payloads.read(entry);
    const site = directory.find(draft.camera)?.site;
    const receivedAtUs = Number.parseInt(id, 10) * 1000;
    if (site === undefined)
      return { ...refuse(`Expected a registered camera, got ${draft.camera}.`), unknownCamera: true };
    if (draft.capturedAtUs > receivedAtUs + furthestAheadUs)
      return refuse('Captured more than a day in the future: the clock of the worker is wrong.');
    const kept = retention.keep({ ...clocks.mark(draft), site, receivedAtUs });
    // What it shows must not be kept any more, among what was put aside neither.
    return (
      kept ?? { ...refuse('Captured before the retention began; it would be stored anew each time.'), payload: '' }
    );
  } catch (error) {
    if (error instanceof BadPayload) return refuse(error.message);
    throw error;
  }
}

/** Takes away what every group has acknowledged, and nothing else, so that the memory of Redis stays bounded. */
async function trim(reader: Redis): Promise<void> {
  const groups = (await reader.xinfo('GROUPS', stream)) as unknown[][];
  const marks = await Promise.all(groups.map((fields) => oldestNeeded(reader, fields)));
  const [oldest] = marks.sort(compareIds);
  if (oldest) await reader.xtrim(stream, 'MINID', '~', oldest);
}

async function oldestNeeded(reader: Redis, fields: unknown[]): Promise<string> {
  const value = (name: string) => String(fields[fields.indexOf(name) + 1]);
  const [pending, first] = (await reader.xpending(stream, value('name'))) as [number, string | null];
  return pending > 0 && first ? first : value('last-delivered-id');
}

function compareIds(a: string, b: string): number {
  const [aMs = 0, aSeq = 0] = a.split('-').map(Number);
  const [bMs = 0, bSeq = 0] = b.split('-').map(Number);
  return aMs - bMs || aSeq - bSeq;
}
