import { randomUUIDv7 } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type EventLog,
  followLog,
  openEventLog,
  startConsumer,
  startProjection,
  startRelay,
} from '@sightline/event-log';
import { connectNats, connectPostgres, createLogger } from '@sightline/service';
import { acknowledgedPath, followedPath, meantPath, schemas, streamsOf } from './plan.ts';
import { Tally } from './tally.ts';

/** One process of the run, to be killed at any moment; its role and all else come by the environment. */
const env = (name: string) => process.env[name] ?? '';
const role = env('ROLE');
const logger = createLogger(role, 'warn');
const pool = connectPostgres({ url: env('DATABASE_URL'), service: role, logger });
const log = openEventLog({ pool, logger, schemas });
const into = { log, pool, schema: 'registry', logger };

if (role === 'appender') {
  await Promise.all(streamsOf(Number(env('COPY'))).map((stream) => appendAll(log, stream)));
  // It would be started again if it ended.
  setInterval(() => undefined, 60_000);
} else if (role === 'relay') {
  startRelay({ log, pool, nats: await connected(), logger });
} else if (role === 'follower') {
  const followed = new Tally(followedPath(env('FOLDER')));
  const { signal } = new AbortController();
  const after = followed.ids().length;
  for await (const { id } of followLog({ nats: await connected(), after, logger, signal })) followed.note(id);
} else if (role === 'consumer') {
  startConsumer({
    ...into,
    name: 'chaos',
    handle: ({ position, id }, tx) =>
      tx.query('insert into registry.consumed (position, id) values ($1, $2)', [position, id]),
  });
} else {
  startProjection({
    ...into,
    schemas,
    projection: {
      name: 'chaos',
      version: 1,
      tables: ['projected'],
      on: {
        Counted: (tx, { position, id }) =>
          tx.query('insert into projected select $1, $2, coalesce(max(position), 0) from projected', [position, id]),
      },
    },
  });
}

function connected() {
  const [url, user, password] = [env('NATS_URL'), env('NATS_USER'), env('NATS_PASSWORD')];
  return connectNats({ service: 'registry', url, user, password, logger });
}

/** Appends what is missing of a stream; what was on its way when the process died goes again with the same ids. */
async function appendAll(target: EventLog, stream: string): Promise<void> {
  const [meant, acknowledged] = [
    new Tally(meantPath(env('FOLDER'), stream)),
    new Tally(acknowledgedPath(env('FOLDER'), stream)),
  ];
  const total = Number(env('EVENTS_A_STREAM'));
  let done = acknowledged.ids().length;
  let pending = meant.ids().slice(done);
  while (done < total) {
    if (pending.length === 0) {
      pending = Array.from({ length: Math.min(Number(env('BATCH')), total - done) }, () => randomUUIDv7());
      meant.add(pending);
    }
    const events = pending.map((id, index) => ({ id, type: 'Counted', data: { n: done + index + 1 } }));
    await untilAppended(target, stream, events);
    acknowledged.add(pending);
    done += pending.length;
    pending = [];
  }
}

async function untilAppended(target: EventLog, stream: string, events: { id: string; type: string; data: unknown }[]) {
  for (;;) {
    try {
      return await target.append(stream, 'any', events);
    } catch (error) {
      logger.warn({ err: error }, 'not appended, trying again');
      await pause(200);
    }
  }
}
