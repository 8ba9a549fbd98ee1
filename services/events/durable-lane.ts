import { redisKeys } from '@sightline/contracts';
import { type Directory, type Logger, metrics, pause } from '@sightline/service';
import type { Redis } from 'ioredis';
import { Counter } from 'prom-client';
import { batchesOf, firstCount, nextCount } from './batches.ts';
import type { FastLanePriority } from './fast-lane-priority.ts';
import { type Intake, type IntakeDeps, takeIn } from './intake.ts';
import { OneInFlight } from './one-in-flight.ts';
import { type StreamEntry, toEntries } from './redis.ts';
import type { Store } from './store.ts';
import { Unknown } from './unknown.ts';
import { writeBatch } from './write-batch.ts';

interface DurableLaneOptions extends IntakeDeps {
  /** A connection for blocking reads, and one for everything else: an acknowledgement must not wait behind a read. */
  reader: Redis;
  redis: Redis;
  store: Store;
  directory: Directory;
  priority: FastLanePriority;
  /** Name of this copy within the consumer group. */
  instance: string;
  logger: Logger;
  signal: AbortSignal;
}

/** Nobody waits for what is stored: a few are left to become more, which cost one commit then. */
const gatherMs = 100;
const stuckMs = 30_000;
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
  const work = { options, writing: new OneInFlight() };
  try {
    await follow(work, connections);
  } finally {
    // What is being written is neither read again nor told as failed before it has ended.
    await work.writing.ended().catch(() => undefined);
  }
}

async function follow(work: Work, connections: () => number): Promise<void> {
  const { reader, redis, instance, priority, signal } = work.options;
  const unknown = new Unknown();
  let own = '0';
  let connection = connections();
  let claimAt = 0;
  let count = firstCount;
  while (!signal.aborted) {
    await finish(work, unknown.due());
    // A connection that broke may have taken an answer with it: what nobody got is among one's own, unfinished.
    if (connection !== connections()) [connection, own] = [connections(), '0'];
    if (performance.now() >= claimAt) {
      await work.writing.ended();
      await finish(work, await claimStuck(redis, instance, count));
      await trim(redis);
      claimAt = performance.now() + stuckMs / 3;
    }
    const entries = await read(reader, instance, { from: own === '' ? '>' : own, count });
    await finish(work, entries, unknown);
    if (own !== '') own = entries.at(-1)?.id ?? '';
    else if (entries.length < count) {
      priority.caughtUp();
      if (entries.length > 0) await pause(gatherMs, signal);
    }
    count = nextCount(entries, count);
  }
}

async function read(
  reader: Redis,
  instance: string,
  { from, count }: { from: string; count: number },
): Promise<StreamEntry[]> {
  const asked = ['COUNT', count, 'BLOCK', 1_000, 'STREAMS', stream, from] as const;
  const answer = (await reader.xreadgroup('GROUP', group, instance, ...asked)) as
    | [string, [string, string[]][]][]
    | null;
  return toEntries(answer?.[0]?.[1] ?? []);
}

async function claimStuck(reader: Redis, instance: string, count: number): Promise<StreamEntry[]> {
  const [, rows] = (await reader.xautoclaim(stream, group, instance, stuckMs, '0', 'COUNT', count)) as [
    string,
    [string, string[]][],
  ];
  return toEntries(rows);
}

/** What is at work in one run of the lane. */
interface Work {
  options: DurableLaneOptions;
  writing: OneInFlight;
}

/** Finishes what was read, a batch at a time; the last one is still being written when this resolves. */
async function finish({ options, writing }: Work, entries: StreamEntry[], unknown?: Unknown): Promise<void> {
  for (const batch of batchesOf(entries)) {
    const intake = await takeIn(options, batch, unknown);
    if (intake.done.length > 0) await writing.next(() => write(options, intake));
  }
}

/** Stores a batch, then acknowledges it. */
async function write({ store, redis }: DurableLaneOptions, { taken, refusals, done }: Intake): Promise<void> {
  await writeBatch(store, taken, refusals);
  await redis.xack(stream, group, ...done);
  stored.inc(taken.length);
  dead.inc(refusals.length);
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
