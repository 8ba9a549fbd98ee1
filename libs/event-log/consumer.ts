import { type Logger, pause } from '@sightline/service';
import type { Pool, PoolClient } from 'pg';
import { checkpointsOf } from './checkpoint.ts';
import type { EventLog } from './log.ts';
import { checkpointName, park, parkedStreams, parkedTable, removeParked } from './parked.ts';
import { type Follower, type Step, startSteps } from './steps.ts';
import { inTransaction } from './transaction.ts';
import type { RecordedEvent } from './types.ts';

interface ConsumerOptions {
  log: EventLog;
  pool: Pool;
  /** The Postgres schema that holds tables `checkpoints` and `parked`. */
  schema: string;
  name: string;
  types?: readonly string[];
  categories?: readonly string[];
  /** Where it begins when it has never run: after this position. */
  after?: number;
  /** What is written through `tx` is done exactly once, for the consumer's position is written with it; all else at least once. */
  handle(event: RecordedEvent, tx: PoolClient): Promise<unknown>;
  /** How often a failing event is tried before it is parked (5), with growing pauses that begin at `pauseMs` (100). */
  tries?: number;
  pauseMs?: number;
  logger: Logger;
}

const batch = 100;

/**
 * Hands each event on, in order, and remembers the position. An event that fails to the end is parked with the reason, and
 * so are the later ones of its stream, until they are asked for again; other streams go on. Copies take turns.
 */
export function startConsumer(options: ConsumerOptions): Follower {
  const { log, logger, name } = options;
  return startSteps({ appends: log.appends, logger, who: { consumer: name }, step: (signal) => step(options, signal) });
}

function step(options: ConsumerOptions, signal: AbortSignal): Promise<Step> {
  const { log, pool, schema, name, types, categories, after = 0 } = options;
  return inTransaction(pool, async (tx) => {
    const checkpoints = checkpointsOf(tx, schema);
    const checkpoint = checkpointName(name);
    await checkpoints.ensure(checkpoint, { version: 1, position: after });
    const found = await checkpoints.lock(checkpoint, { skip: true });
    if (!found) return { position: (await checkpoints.find(checkpoint))?.position ?? 0, atEnd: true };
    const retried = await retry(options, tx, signal);
    const page = await log.read.page({ after: found.position, types, categories, limit: batch }, tx);
    await take(options, { tx, signal, events: page.items });
    if (page.next !== found.position) await checkpoints.save(checkpoint, { version: 1, position: page.next });
    return { position: page.next, atEnd: page.atEnd && retried < batch };
  });
}

interface Work {
  tx: PoolClient;
  signal: AbortSignal;
  events: RecordedEvent[];
}

async function take(options: ConsumerOptions, { tx, signal, events }: Work): Promise<void> {
  if (events.length === 0) return;
  const of = { schema: options.schema, consumer: options.name };
  const parked = await parkedStreams(tx, of, [...new Set(events.map(({ stream }) => stream))]);
  for (const event of events) {
    const first = parked.get(event.stream);
    if (first !== undefined) {
      await park(tx, of, event, { reason: `waits for position ${first} of its stream`, tries: 0 });
    } else if (!(await attempt(options, { tx, signal, event }))) parked.set(event.stream, event.position);
  }
}

/** Tries parked events that were asked for, in order, as far as their streams allow. Resolves to how many there were. */
async function retry(options: ConsumerOptions, tx: PoolClient, signal: AbortSignal): Promise<number> {
  const { log, schema, name: consumer } = options;
  const { rows } = await tx.query<{ position: number }>(
    `select position from ${parkedTable(schema)} where consumer = $1 and retrying order by position limit ${batch}`,
    [consumer],
  );
  const failed = new Set<string>();
  for (const { position } of rows) {
    const [event] = (await log.read.page({ after: position - 1, limit: 1 }, tx)).items;
    if (!event || failed.has(event.stream)) continue;
    if (await attempt(options, { tx, signal, event })) await removeParked(tx, { schema, consumer, position });
    else failed.add(event.stream);
  }
  if (failed.size > 0)
    await tx.query(`update ${parkedTable(schema)} set retrying = false where consumer = $1 and stream_id = any ($2)`, [
      consumer,
      [...failed],
    ]);
  return rows.length;
}

/** Whether the event was handled; if not, it is parked. Throws when the transaction itself is lost: that is not the event's fault. */
async function attempt(
  options: ConsumerOptions,
  { tx, signal, event }: { tx: PoolClient; signal: AbortSignal; event: RecordedEvent },
): Promise<boolean> {
  const { handle, tries = 5, pauseMs = 100, logger, schema, name: consumer } = options;
  for (let done = 1; ; done += 1) {
    await tx.query('savepoint event');
    try {
      await handle(event, tx);
      await tx.query('release savepoint event');
      return true;
    } catch (error) {
      await tx.query('rollback to savepoint event');
      if (done >= tries) {
        const { position, type } = event;
        logger.error({ err: error, consumer, position, type }, 'event parked');
        const reason = error instanceof Error ? error.message : String(error);
        await park(tx, { schema, consumer }, event, { reason, tries });
        return false;
      }
      await pause(pauseMs * 2 ** (done - 1), signal);
      signal.throwIfAborted();
    }
  }
}
