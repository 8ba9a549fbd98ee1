import { type Logger, pause } from '@sightline/service';
import type { Pool, PoolClient } from 'pg';
import type { z } from 'zod';
import type { EventLog } from './log.ts';
import type { EventSchemas, RecordedEvent } from './types.ts';

type Handlers<Schemas extends EventSchemas> = {
  [Type in keyof Schemas]?: (
    tx: PoolClient,
    event: Omit<RecordedEvent, 'data'> & { data: z.infer<Schemas[Type]> },
  ) => Promise<unknown>;
};

/** Rows made from events. `on` names the handler of each event type; a new `version` fills the rows anew after `clear`. */
export interface Projection<Schemas extends EventSchemas> {
  name: string;
  version: number;
  clear(tx: PoolClient): Promise<unknown>;
  on: Handlers<Schemas>;
}

interface ProjectionOptions<Schemas extends EventSchemas> {
  log: EventLog;
  pool: Pool;
  /** The Postgres schema that holds the rows and table `checkpoints`. */
  schema: string;
  schemas: Schemas;
  projection: Projection<Schemas>;
  logger: Logger;
}

/** A projection at work. */
export interface RunningProjection {
  position(): number;
  /** Resolves once everything up to `position` is in the rows; false when that took longer than `timeoutMs`. */
  caughtUp(position: number, timeoutMs?: number): Promise<boolean>;
  close(): Promise<void>;
}

const batch = 500;

/**
 * Keeps a projection's rows up to date. Rows and checkpoint are written in one transaction under a lock on the checkpoint,
 * so that several copies share the work and a crash repeats nothing. Errors are logged and tried again.
 */
export function startProjection<Schemas extends EventSchemas>(options: ProjectionOptions<Schemas>): RunningProjection {
  const { log, logger, projection } = options;
  const ended = new AbortController();
  const waiting = new Set<() => void>();
  let position = 0;

  const loop = async () => {
    while (!ended.signal.aborted) {
      const rings = log.bell.rings;
      try {
        const step = await advance(options);
        position = step.position;
        for (const check of [...waiting]) check();
        if (step.atEnd) await log.bell.next(rings, ended.signal);
      } catch (error) {
        logger.error({ err: error, projection: projection.name }, 'projection stopped, trying again');
        await pause(1_000, ended.signal);
      }
    }
  };
  const running = loop();

  return {
    position: () => position,
    caughtUp: (target, timeoutMs = 5_000) => reached(() => position >= target, waiting, timeoutMs),
    close: async () => {
      ended.abort();
      await running;
    },
  };
}

function reached(condition: () => boolean, waiting: Set<() => void>, timeoutMs: number): Promise<boolean> {
  if (condition()) return Promise.resolve(true);
  return new Promise((resolve) => {
    const end = (result: boolean) => {
      clearTimeout(timer);
      waiting.delete(check);
      resolve(result);
    };
    const check = () => condition() && end(true);
    const timer = setTimeout(() => end(false), timeoutMs);
    waiting.add(check);
  });
}

async function advance<Schemas extends EventSchemas>(
  options: ProjectionOptions<Schemas>,
): Promise<{ position: number; atEnd: boolean }> {
  const { log, pool, schema, projection } = options;
  const tx = await pool.connect();
  const ignore = () => undefined;
  tx.on('error', ignore);
  try {
    await tx.query('begin');
    const { position: from, newer } = await lockCheckpoint(tx, schema, projection);
    const events = newer ? [] : (await log.read.page({ after: from, limit: batch }, tx)).items;
    for (const event of events) await apply(tx, event, options);
    const position = events.at(-1)?.position ?? from;
    if (position !== from) {
      await tx.query(`update ${schema}.checkpoints set position = $2 where name = $1`, [projection.name, position]);
    }
    await tx.query('commit');
    tx.off('error', ignore);
    tx.release();
    return { position, atEnd: events.length < batch };
  } catch (error) {
    tx.release(true);
    throw error;
  }
}

/**
 * The checkpoint's position under a row lock. A new version of the projection starts from an empty table; a copy that is
 * older than the rows (`newer`) leaves them alone and only follows how far they are.
 */
async function lockCheckpoint<Schemas extends EventSchemas>(
  tx: PoolClient,
  schema: string,
  projection: Projection<Schemas>,
): Promise<{ position: number; newer: boolean }> {
  const { name, version } = projection;
  await tx.query(
    `insert into ${schema}.checkpoints (name, version, position) values ($1, $2, 0) on conflict do nothing`,
    [name, version],
  );
  const { rows } = await tx.query<{ version: number; position: number }>(
    `select version, position from ${schema}.checkpoints where name = $1 for update`,
    [name],
  );
  const [found] = rows;
  if (!found) throw new Error(`Expected a checkpoint of ${name} in ${schema}.checkpoints, got none.`);
  if (found.version >= version) return { position: found.position, newer: found.version > version };
  await projection.clear(tx);
  await tx.query(`update ${schema}.checkpoints set version = $2, position = 0 where name = $1`, [name, version]);
  return { position: 0, newer: false };
}

async function apply<Schemas extends EventSchemas>(
  tx: PoolClient,
  event: RecordedEvent,
  options: ProjectionOptions<Schemas>,
): Promise<void> {
  const handler = options.projection.on[event.type];
  const schema = options.schemas[event.type];
  if (!handler || !schema) return;
  try {
    await handler(tx, { ...event, data: schema.parse(event.data) as never });
  } catch (error) {
    throw new Error(`could not apply ${event.type} at position ${event.position}`, { cause: error });
  }
}
