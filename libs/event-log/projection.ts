import { type Lag, type Logger, pause } from '@sightline/service';
import { escapeIdentifier, type Pool, type PoolClient } from 'pg';
import type { z } from 'zod';
import { type Checkpoint, checkpointsOf } from './checkpoint.ts';
import type { EventLog } from './log.ts';
import { besideOf, lockRebuild, makeTables, notBegun, rebuildName, swapTables } from './rebuild.ts';
import { type Follower, type Step, startSteps } from './steps.ts';
import { inTransaction } from './transaction.ts';
import type { EventSchemas, RecordedEvent } from './types.ts';

type Handlers<Schemas extends EventSchemas> = {
  [Type in keyof Schemas]?: (
    tx: PoolClient,
    event: Omit<RecordedEvent, 'data'> & { data: z.infer<Schemas[Type]> },
  ) => Promise<unknown>;
};

/**
 * Rows made from events. `on` names the handler of each event type; a new `version` makes the rows anew, beside the old ones.
 * Handlers name their `tables` without a schema: where these stand depends on whether they are live or being rebuilt.
 */
export interface Projection<Schemas extends EventSchemas> {
  name: string;
  version: number;
  tables: readonly string[];
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
export type RunningProjection = Follower;

const batch = 500;

/**
 * Keeps a projection's rows up to date. Rows and checkpoint are written in one transaction under a lock on the checkpoint,
 * so that several copies share the work and a crash repeats nothing. Errors are logged and tried again. A rebuild fills
 * tables beside the live ones, which stay up to date meanwhile, and swaps them when it has come to the end of the log.
 */
export function startProjection<Schemas extends EventSchemas>(options: ProjectionOptions<Schemas>): RunningProjection {
  const { log, logger, projection } = options;
  const who = { projection: projection.name };
  const live = startSteps({ appends: log.appends, logger, who, step: () => advance(options) });
  const beside = startSteps({
    appends: log.appends,
    logger,
    who: { rebuild: projection.name },
    step: () => rebuild(options),
    rest: (signal) => pause(1_000, signal),
  });
  return {
    position: live.position,
    caughtUp: live.caughtUp,
    close: async () => {
      await Promise.all([live.close(), beside.close()]);
    },
  };
}

/** Brings the live rows forward. A copy of another version than the rows leaves them alone and only follows how far they are. */
function advance<Schemas extends EventSchemas>(options: ProjectionOptions<Schemas>): Promise<Step> {
  const { pool, schema, projection } = options;
  const { name, version } = projection;
  return inTransaction(pool, async (tx) => {
    const checkpoints = checkpointsOf(tx, schema);
    await checkpoints.ensure(name, { version, position: 0 });
    const found = await checkpoints.lock(name);
    if (!found) throw new Error(`Expected a checkpoint of ${name} in ${schema}.checkpoints, got none.`);
    if (found.version !== version) return { position: found.position, atEnd: true };
    await tx.query(`set local search_path to ${escapeIdentifier(schema)}`);
    const step = await project(options, tx, found);
    if (step.position !== found.position) await checkpoints.save(name, { version, position: step.position });
    return step;
  });
}

/** Brings the rows of a rebuild forward, if there is one to do; swaps at the end of the log. */
function rebuild<Schemas extends EventSchemas>(options: ProjectionOptions<Schemas>): Promise<Step> {
  const { pool, schema, projection, logger } = options;
  const { name, version, tables } = projection;
  return inTransaction(pool, async (tx) => {
    const checkpoints = checkpointsOf(tx, schema);
    const found = await lockRebuild(tx, schema, projection);
    if (!found) return { position: 0, atEnd: true };
    if (found === 'begun') return { position: 0, atEnd: false };
    if (found.position === notBegun) {
      await makeTables(tx, schema, tables);
      await checkpoints.save(rebuildName(name), { version, position: 0 });
      return { position: 0, atEnd: false };
    }
    await tx.query(`set local search_path to ${escapeIdentifier(besideOf(schema))}, ${escapeIdentifier(schema)}`);
    let step = await project(options, tx, found);
    if (!step.atEnd) {
      await checkpoints.save(rebuildName(name), { version, ...step });
      return step;
    }
    // From here on the live rows stand still: what came since is the last that is missing.
    await checkpoints.lock(name);
    do step = await project(options, tx, { version, ...step });
    while (!step.atEnd);
    await swapTables(tx, schema, tables);
    await checkpoints.save(name, { version, ...step });
    await checkpoints.remove(rebuildName(name));
    logger.info({ projection: name, version, position: step.position }, 'projection rebuilt');
    return step;
  });
}

/** Applies the next page to the tables that stand first in the search path. */
async function project<Schemas extends EventSchemas>(
  options: ProjectionOptions<Schemas>,
  tx: PoolClient,
  { position: after }: Checkpoint,
): Promise<Step> {
  const { log, projection } = options;
  const page = await log.read.page({ after, types: Object.keys(projection.on), limit: batch }, tx);
  for (const event of page.items) await apply(tx, event, options);
  return { position: page.next, atEnd: page.atEnd };
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

/** How many events a projection is behind the log, as a lag that a copy tells of itself. */
export const projectionLag = (log: EventLog, name: string, projection: RunningProjection): Lag => ({
  name: `projection ${name}`,
  unit: 'events',
  measure: async () => (await log.read.head()) - projection.position(),
});
