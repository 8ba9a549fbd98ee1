import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import type { EventLog } from '@sightline/event-log';
import { type CustomTypesConfig, type Pool, types } from 'pg';
import type { Goal } from '../lib/report.ts';
import { median } from '../lib/statistics.ts';
import { bareTable, insert } from './bare.ts';
import { inRounds, type Results, rate, ratio, type Way } from './rounds.ts';
import { event, type Stage } from './stage.ts';

type Name = 'ours' | 'insert' | 'emmett';
/** Appends events to a stream that stands at a position. */
type Append = (stream: string, position: number, events: ReturnType<typeof event>[]) => Promise<unknown>;

const work = {
  'one caller, 1 event': { callers: 1, size: 1 },
  '32 callers, 1 event each': { callers: 32, size: 1 },
  'one caller, 100 events': { callers: 1, size: 100 },
  '4 callers, 100 events each': { callers: 4, size: 100 },
} as const;

/** Appends by the log, by bare INSERT and by emmett, each caller to a stream of its own whose position it knows. */
export async function measureAppends(
  stage: Stage,
  load: { rounds: number; seconds: number },
): Promise<{ rows: Record<string, string | number>[]; goals: Goal[] }> {
  const pool = await stage.database();
  await pool.query(bareTable);
  const append = { ours: bySightline(stage.log(pool)), insert: byInsert(pool), emmett: await byEmmett(stage) };
  const rows: Record<string, string | number>[] = [];
  const results: Partial<Record<keyof typeof work, Results<Name>>> = {};
  for (const [what, how] of Object.entries(work) as [keyof typeof work, { callers: number; size: number }][]) {
    const measured = await inRounds(waysOf(append, how), load);
    results[what] = measured;
    const perSecond = (name: Name) => Math.round(median(measured[name]));
    rows.push({
      what: `append, ${what}`,
      unit: 'events/s',
      Sightline: perSecond('ours'),
      limit: perSecond('insert'),
      emmett: perSecond('emmett'),
    });
  }
  const versus = (what: keyof typeof work, peer: Name) => ratio(results[what]?.ours ?? [], results[what]?.[peer] ?? []);
  return {
    rows,
    goals: [
      { name: 'append_single_32_vs_emmett', value: versus('32 callers, 1 event each', 'emmett'), atLeast: 5 },
      { name: 'append_single_1_vs_insert', value: versus('one caller, 1 event', 'insert'), atLeast: 0.8 },
      { name: 'append_batch100_vs_emmett', value: versus('4 callers, 100 events each', 'emmett'), atLeast: 1.3 },
      { name: 'append_batch100_vs_insert', value: versus('4 callers, 100 events each', 'insert'), atLeast: 0.7 },
    ],
  };
}

let streams = 0;

function waysOf(appends: Record<Name, Append>, { callers, size }: { callers: number; size: number }) {
  const way = (append: Append): Way => {
    streams += 1;
    const prefix = `bench-${streams}`;
    const positions = Array.from({ length: callers }, () => 0);
    return (seconds) =>
      rate({ callers, size, seconds }, async (caller) => {
        const position = positions[caller] ?? 0;
        await append(
          `${prefix}-${caller}`,
          position,
          Array.from({ length: size }, (_, n) => event(n)),
        );
        positions[caller] = position + size;
      });
  };
  return { ours: way(appends.ours), insert: way(appends.insert), emmett: way(appends.emmett) };
}

const bySightline =
  (log: EventLog): Append =>
  (stream, position, events) =>
    log.append(stream, position || 'none', events);

const byInsert =
  (pool: Pool): Append =>
  (stream, position, events) =>
    insert(pool, stream, position + 1, events);

/** emmett's own store on a pool of the same size; its tables are made first. */
async function byEmmett(stage: Stage): Promise<Append> {
  const pool = stage.pool({ types: withBigints });
  const url = String(pool.options.connectionString);
  const store = getPostgreSQLEventStore(url, { connectionOptions: { pool } });
  await store.schema.migrate();
  // It has made bigints of this type for everybody in the process.
  types.setTypeParser(types.builtins.INT8, Number);
  return (stream, position, events) =>
    store.appendToStream(
      stream,
      events.map(({ type, data, metadata }) => ({ type, data: data as Record<string, unknown>, metadata })),
      { expectedStreamVersion: position === 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(position) },
    );
}

const withBigints: CustomTypesConfig = {
  getTypeParser: (type, format) => (type === types.builtins.INT8 ? BigInt : types.getTypeParser(type, format)),
};
