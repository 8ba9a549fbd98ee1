import { join } from 'node:path';
import { buckets, domainEvents, domainUpcasters, type UserRights, userEvents } from '@sightline/contracts';
import {
  type Entry,
  migrateSchema,
  openEventLog,
  projectionLag,
  type RecordedEvent,
  type RunningProjection,
  startProjection,
  startPublication,
} from '@sightline/event-log';
import {
  announcePresence,
  checksOf,
  connectNats,
  connectPostgres,
  createGuard,
  createLogger,
  ownBucket,
  type Running,
} from '@sightline/service';
import type { Pool } from 'pg';
import { Accounts } from './accounts.ts';
import { buildApp } from './app.ts';
import { sealClearNames } from './clear-names.ts';
import type { Config } from './config.ts';
import { startErasures } from './erasures.ts';
import { ensureFirstAdministrator } from './first-administrator.ts';
import { KeyedMutex } from './keyed-mutex.ts';
import { Media } from './media.ts';
import { PersonKeys } from './person-keys.ts';
import { users as usersProjection } from './projections/users.ts';
import { rightsOf } from './rights.ts';
import { RoomReconciler } from './room-reconciler.ts';
import { Sessions } from './sessions.ts';
import { Throttle } from './throttle.ts';
import { createSigner } from './tokens.ts';

/** Starts auth: users, sessions, tokens; publishes keys, rights and ended sessions to KV `AUTH`. */
export async function start(config: Config): Promise<Running> {
  const logger = createLogger('auth', config.LOG_LEVEL);
  const ended = new AbortController();
  const pool = connectPostgres({ url: config.DATABASE_URL, service: 'auth', logger });
  await migrateSchema({ pool, schema: 'auth', folder: join(import.meta.dirname, 'db', 'migrations') });
  const keys = new PersonKeys(pool, config.PERSON_KEYS_SECRET);
  await keys.check();
  const nats = await connectNats({
    service: 'auth',
    url: config.NATS_URL,
    user: config.NATS_USER,
    password: config.NATS_PASSWORD,
    logger,
  });
  const log = openEventLog({ pool, logger, schemas: domainEvents, upcasters: domainUpcasters });
  const users = startProjection({
    log,
    pool,
    schema: 'auth',
    schemas: userEvents,
    projection: usersProjection,
    logger,
  });
  const signer = await createSigner(pool);
  const sessions = new Sessions(pool);
  const publication = startPublication({
    log,
    nats,
    bucket: buckets.auth,
    types: Object.keys(userEvents),
    logger,
    apply: (event) => rightsEntries(pool, users, event),
    onStart: async (kv) => {
      await kv.put(`key.${signer.publicKey.kid}`, JSON.stringify(signer.publicKey));
      for (const { id, at } of await sessions.endedLately()) await kv.put(`session.${id}`, revoked(id, at));
    },
  });
  const media = new Media({ url: config.LIVEKIT_URL, key: config.LIVEKIT_API_KEY, secret: config.LIVEKIT_API_SECRET });
  const rooms = new RoomReconciler({ media, sessions, logger });
  const deps = {
    logger,
    guard: createGuard({ nats, logger, signal: ended.signal }),
    origins: config.PUBLIC_ORIGIN,
    pool,
    log,
    users,
    accounts: new Accounts(pool, keys),
    keys,
    erasures: startErasures({ log, pool, logger }),
    sessions,
    signer,
    media,
    rooms,
    mutex: new KeyedMutex(),
    throttle: new Throttle({ limit: 10, windowMs: 5 * 60_000 }),
    revoke: async (session: string) => {
      await (await ownBucket(nats, buckets.auth)).put(`session.${session}`, revoked(session, new Date()));
    },
  };
  await sealClearNames(deps);
  await ensureFirstAdministrator(deps, config.FIRST_ADMINISTRATOR_FILE);
  const checks = checksOf({ nats, pool, guard: deps.guard });
  const app = await buildApp(deps, checks);
  await app.listen({ host: config.HOST, port: config.PORT });
  const kept = rooms.run(ended.signal);
  announcePresence({
    service: 'auth',
    instance: config.INSTANCE,
    nats,
    checks,
    lags: [projectionLag(log, 'users', users)],
    logger,
    signal: ended.signal,
  });
  return {
    close: async () => {
      await app.close();
      ended.abort();
      await Promise.all([publication.close(), users.close(), deps.erasures.close(), kept]);
      log.close();
      await nats.drain();
      await pool.end();
    },
  };
}

const revoked = (session: string, at: Date) => JSON.stringify({ session, at: at.toISOString() });

/** The rights of a user as they are after an event; the projection has them. */
async function rightsEntries(
  pool: Pool,
  users: RunningProjection,
  { stream, position }: RecordedEvent,
): Promise<Entry[]> {
  if (!(await users.caughtUp(position))) throw new Error(`The users are not yet at position ${position}.`);
  const rights = await rightsOf({ pool }, stream.slice('user-'.length));
  if (!rights) return [];
  const { id, ...rest } = rights;
  const value: UserRights = { user: id, ...rest };
  return [{ key: `user.${id}`, value }];
}
