import { type EventLog, InvalidEvent } from '@sightline/event-log';
import { type Directory, type Logger, metrics, pause } from '@sightline/service';
import type { Redis } from 'ioredis';
import type { Pool } from 'pg';
import { Counter } from 'prom-client';
import { storedUntil } from './redis.ts';
import { followTracks } from './tracks.ts';

interface TrackFactsOptions {
  pool: Pool;
  redis: Redis;
  log: EventLog;
  directory: Directory;
  logger: Logger;
  signal: AbortSignal;
}

interface Due {
  n: string;
  stream: string;
  id: string;
  type: string;
  site: string;
  occurred_at: Date;
  data: unknown;
}

const page = 1_000;
const told = new Counter({
  name: 'sightline_events_track_facts_total',
  help: 'Facts of tracks appended to the log, repetitions after a crash included.',
  labelNames: ['type'],
  registers: [metrics],
});

/**
 * Makes facts of the tracks that the durable lane has stored, and appends them to the log, once in effect: facts and the
 * state they came from are one transaction, and a fact keeps its id however often it is appended. Copies take turns.
 */
export async function runTrackFacts(options: TrackFactsOptions): Promise<void> {
  const { directory, redis, logger, signal } = options;
  await directory.ready;
  while (!signal.aborted) {
    try {
      const more = await followTracks(options, await storedUntil(redis));
      if ((await append(options)) || more) continue;
    } catch (error) {
      if (signal.aborted) return;
      logger.warn({ err: error }, 'facts of tracks interrupted, trying again');
    }
    await pause(1_000, signal);
  }
}

/** Appends what is due, of each stream the oldest first. Resolves to whether there was anything. */
async function append(options: TrackFactsOptions): Promise<boolean> {
  const { pool } = options;
  const { rows } = await pool.query<Due>('select * from events.outbox order by n limit $1', [page]);
  if (rows.length === 0) return false;
  const oldest = new Map<string, Due>();
  for (const row of rows) if (!oldest.has(row.stream)) oldest.set(row.stream, row);
  const due = [...oldest.values()];
  await Promise.all(due.map((fact) => appendOne(options, fact)));
  await pool.query('delete from events.outbox where n = any ($1)', [due.map(({ n }) => n)]);
  return true;
}

async function appendOne({ log, logger }: TrackFactsOptions, fact: Due): Promise<void> {
  const { stream, id, type, site, occurred_at: occurredAt, data } = fact;
  const metadata = { site, actor: { kind: 'service', id: 'events' } } as const;
  try {
    await log.append(stream, 'any', [{ id, type, data, metadata, occurredAt }]);
    told.inc({ type });
  } catch (error) {
    if (!(error instanceof InvalidEvent)) throw error;
    logger.error({ err: error, stream, type }, 'a fact that the log does not take is given up');
  }
}
