import { createPublicKey } from 'node:crypto';
import { join } from 'node:path';
import type { NatsConnection } from '@nats-io/transport-node';
import { cameraEvents, domainEvents, domainUpcasters, feedEvents } from '@sightline/contracts';
import {
  type EventLog,
  headsFile,
  headsStream,
  migrateSchema,
  openEventLog,
  projectionLag,
  type Sealer,
  sealPrivateKey,
  startProjection,
  startRelay,
  startSealer,
} from '@sightline/event-log';
import {
  announcePresence,
  checksOf,
  connectNats,
  connectPostgres,
  createGuard,
  createLogger,
  followDirectory,
  type Logger,
  metrics,
  type Running,
} from '@sightline/service';
import type { Pool } from 'pg';
import { Gauge } from 'prom-client';
import { buildApp } from './app.ts';
import type { Config } from './config.ts';
import { cameras } from './projections/cameras.ts';
import { feeds } from './projections/feeds.ts';
import { placeEvents, places } from './projections/places.ts';
import { publishDesired, publishDirectory } from './publications.ts';
import { followStatus } from './status.ts';
import { Vault } from './vault.ts';

/** Starts the registry: sites, areas, cameras; what should run for the ingress; the relay of the log. */
export async function start(config: Config): Promise<Running> {
  const logger = createLogger('registry', config.LOG_LEVEL);
  const ended = new AbortController();
  const pool = connectPostgres({ url: config.DATABASE_URL, service: 'registry', logger });
  await migrateSchema({ pool, schema: 'registry', folder: join(import.meta.dirname, 'db', 'migrations') });
  const nats = await connectNats({
    service: 'registry',
    url: config.NATS_URL,
    user: config.NATS_USER,
    password: config.NATS_PASSWORD,
    logger,
  });
  const log = openEventLog({ pool, logger, schemas: domainEvents, upcasters: domainUpcasters });
  const vault = await Vault.open(pool, config.SEAL_PUBLIC_KEY);
  const into = { log, pool, schema: 'registry', logger };
  const byName = {
    places: startProjection({ ...into, schemas: placeEvents, projection: places }),
    cameras: startProjection({ ...into, schemas: cameraEvents, projection: cameras }),
    feeds: startProjection({ ...into, schemas: feedEvents, projection: feeds }),
  };
  const projections = Object.values(byName);
  const publications = [publishDesired, publishDirectory].map((publish) => publish({ log, nats, vault, logger }));
  const relay = startRelay({ log, pool, nats, logger });
  const sealer = seal({ log, pool, nats, logger }, config);
  measure(relay);
  const guard = createGuard({ nats, logger, signal: ended.signal });
  const checks = checksOf({ nats, pool, guard });
  const { signal } = ended;
  const status = followStatus({ nats, logger, signal, directory: followDirectory({ nats, logger, signal }), checks });
  const deps = {
    logger,
    guard,
    origins: config.PUBLIC_ORIGIN,
    pool,
    log,
    projections,
    vault,
    status,
    networks: config.CAMERA_NETWORKS,
  };
  const app = await buildApp(deps, checks);
  await app.listen({ host: config.HOST, port: config.PORT });
  announcePresence({
    service: 'registry',
    instance: config.INSTANCE,
    nats,
    checks,
    lags: [
      { name: 'relay', unit: 'events', measure: () => relay.lag() },
      { name: 'sealer', unit: 'events', measure: () => sealer.lag() },
      ...Object.entries(byName).map(([name, projection]) => projectionLag(log, name, projection)),
    ],
    logger,
    signal,
  });
  return {
    close: async () => {
      await app.close();
      ended.abort();
      await Promise.all([
        relay.close(),
        sealer.close(),
        ...[...publications, ...projections].map((part) => part.close()),
      ]);
      log.close();
      await nats.drain();
      await pool.end();
    },
  };
}

function seal(
  { nats, ...parts }: { log: EventLog; pool: Pool; nats: NatsConnection; logger: Logger },
  config: Config,
): Sealer {
  const key = sealPrivateKey(config.LOG_SEAL_PRIVATE_KEY);
  const publicKey = createPublicKey(key);
  const places = [headsFile(config.LOG_HEADS_FILE, publicKey), headsStream(nats, publicKey)];
  return startSealer({ ...parts, key, places });
}

function measure(relay: { lag(): number }): void {
  new Gauge({
    name: 'sightline_registry_relay_lag_events',
    help: 'Events of the log that are not yet in JetStream, as far as the leading copy knows.',
    registers: [metrics],
    collect() {
      this.set(relay.lag());
    },
  });
}
