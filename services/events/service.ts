import { join } from 'node:path';
import { domainEvents, domainUpcasters, trackEvents } from '@sightline/contracts';
import { migrateSchema, openEventLog, projectionLag, startProjection } from '@sightline/event-log';
import {
  announcePresence,
  checksOf,
  connectNats,
  connectPostgres,
  createGuard,
  createLogger,
  followDirectory,
  type Logger,
  pause,
  type Running,
} from '@sightline/service';
import type { Pool } from 'pg';
import { buildApp } from './app.ts';
import { Clocks, exportClocks } from './clocks.ts';
import type { Config } from './config.ts';
import { runDurableLane } from './durable-lane.ts';
import { runEdgeFacts } from './edge-facts.ts';
import { runFastLane } from './fast-lane.ts';
import { FastLanePriority } from './fast-lane-priority.ts';
import { Ownership } from './ownership.ts';
import { Payloads } from './payloads.ts';
import { trackFacts } from './projections/track-facts.ts';
import { connectRedis, redisVersion, unstored } from './redis.ts';
import { Retention } from './retention.ts';
import { Search } from './search.ts';
import { Store } from './store.ts';
import { sweep } from './sweep.ts';
import { runTrackFacts } from './track-facts.ts';

const hourMs = 3_600_000;

/** Starts events: both lanes of what AI sees, and the facts from the edge. */
export async function start(config: Config): Promise<Running> {
  const logger = createLogger('events', config.LOG_LEVEL);
  const ended = new AbortController();
  const { signal } = ended;
  const pool = connectPostgres({ url: config.DATABASE_URL, service: 'events', logger });
  await migrateSchema({ pool, schema: 'events', folder: join(import.meta.dirname, 'db', 'migrations') });
  const nats = await connectNats({
    service: 'events',
    url: config.NATS_URL,
    user: config.NATS_USER,
    password: config.NATS_PASSWORD,
    logger,
  });
  const [commands, fastReader, subscriber, durableReader] = Array.from({ length: 4 }, () =>
    connectRedis(config.REDIS_URL, logger),
  ) as Four;
  const log = openEventLog({ pool, logger, schemas: domainEvents, upcasters: domainUpcasters });
  const directory = followDirectory({ nats, logger, signal });
  const store = new Store(pool);
  const payloads = new Payloads();
  const clocks = new Clocks(logger);
  exportClocks(clocks);
  const priority = new FastLanePriority();
  const retention = new Retention(config.RETENTION_DAYS, config.RETENTION_RULES);
  const lanes = [
    runFastLane({
      reader: fastReader,
      subscriber,
      nats,
      directory,
      ownership: new Ownership(commands, config.INSTANCE),
      payloads,
      clocks,
      priority,
      logger,
      signal,
    }),
    runDurableLane({
      reader: durableReader,
      redis: commands,
      store,
      directory,
      payloads,
      clocks,
      retention,
      priority,
      instance: config.INSTANCE,
      logger,
      signal,
    }),
    runEdgeFacts({ nats, log, store, logger, signal }),
    runTrackFacts({ pool, redis: commands, log, directory, logger, signal }),
    keepRetention(pool, retention, { logger, signal }),
  ];
  const facts = startProjection({ log, pool, schema: 'events', schemas: trackEvents, projection: trackFacts, logger });
  const guard = createGuard({ nats, logger, signal });
  const checks = { ...checksOf({ nats, pool, guard }), redis: () => redisVersion(commands) };
  const deps = { logger, guard, origins: config.PUBLIC_ORIGIN, directory, pool, store, search: new Search(pool) };
  const app = await buildApp(deps, checks);
  await app.listen({ host: config.HOST, port: config.PORT });
  announcePresence({
    service: 'events',
    instance: config.INSTANCE,
    nats,
    checks,
    lags: [
      { name: 'durable lane', unit: 'messages', measure: () => unstored(commands) },
      projectionLag(log, 'tracks', facts),
    ],
    clocks: () => clocks.views(),
    logger,
    signal,
  });
  return {
    close: async () => {
      await app.close();
      ended.abort();
      for (const redis of [commands, fastReader, subscriber, durableReader]) redis.disconnect();
      await Promise.allSettled([...lanes, facts.close()]);
      log.close();
      await nats.drain();
      await pool.end();
    },
  };
}

type Redis = ReturnType<typeof connectRedis>;
type Four = [Redis, Redis, Redis, Redis];

async function keepRetention(
  pool: Pool,
  retention: Retention,
  { logger, signal }: { logger: Logger; signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    try {
      const swept = await sweep(pool, retention);
      if (Object.values(swept).some((count) => count > 0)) logger.info(swept, 'what was past its retention is gone');
    } catch (error) {
      logger.warn({ err: error }, 'retention not kept, trying again');
    }
    await pause(hourMs, signal);
  }
}
