import type { EventLog } from '@sightline/event-log';
import { Client, type Pool } from 'pg';
import type { Goal } from '../lib/report.ts';
import { median } from '../lib/statistics.ts';
import { inRounds, rate, ratio } from './rounds.ts';
import { event, type Stage } from './stage.ts';

/** What a log of ten times as many events costs: two logs of a length each, measured in turns. */
export async function measureGrowth(
  stage: Stage,
  { events, rounds, seconds }: { events: number; rounds: number; seconds: number },
): Promise<{ rows: Record<string, string | number>[]; goals: Goal[] }> {
  const small = await filled(stage, 'short', events / 10);
  const large = await filled(stage, 'long', events);
  const rows: Record<string, string | number>[] = [];
  const costs: number[] = [];
  for (const [what, way] of Object.entries({
    'append 10 events': append,
    'read a page anywhere': readPage,
    'read a stream': readStream,
  })) {
    const results = await inRounds({ small: (s) => way(small, s), large: (s) => way(large, s) }, { rounds, seconds });
    costs.push(ratio(results.small, results.large));
    const of = (name: keyof typeof results) => Math.round(median(results[name]));
    rows.push({ what: `${what}, log of ${events}`, unit: '/s', Sightline: of('large') });
    rows.push({ what: `${what}, log of ${events / 10}`, unit: '/s', Sightline: of('small') });
  }
  return { rows, goals: [{ name: 'growth_1m_to_10m', value: Math.max(...costs), atMost: 1.2 }] };
}

interface Filled {
  log: EventLog;
  pool: Pool;
  events: number;
}

const streams = 1_000;

/** A log of so many events, which Postgres makes by itself. */
async function filled(stage: Stage, name: string, events: number): Promise<Filled> {
  const pool = await stage.database(name);
  const client = new Client({ ...pool.options, statement_timeout: 0 });
  await client.connect();
  const { id: _, type, data, metadata } = event(1);
  for (let from = 1; from <= events; from += 500_000) {
    await client.query(
      `insert into log.events (global_position, stream_id, stream_position, id, type, data, metadata, occurred_at, recorded_at)
       select n, 'bench-' || (n - 1) % ${streams}, 1 + (n - 1) / ${streams}, uuidv7(), $3, $4, $5, now(), clock_timestamp()
         from generate_series($1::bigint, $2::bigint) n`,
      [from, Math.min(events, from + 499_999), type, JSON.stringify(data), JSON.stringify({ schema: 1, ...metadata })],
    );
  }
  await client.query('update log.head set position = $1', [events]);
  await client.query('vacuum analyze log.events');
  await client.query('checkpoint');
  await client.end();
  return { log: stage.log(pool), pool, events };
}

const anywhere = (events: number) => Math.floor(Math.random() * events);

const append = ({ log }: Filled, seconds: number) =>
  rate({ callers: 8, size: 10, seconds }, () =>
    log.append(
      `bench-${anywhere(streams)}`,
      'any',
      Array.from({ length: 10 }, (_, n) => event(n)),
    ),
  );

const readPage = ({ log, events }: Filled, seconds: number) =>
  rate({ callers: 1, size: 1, seconds }, () => log.read.page({ after: anywhere(events - 500), limit: 500 }));

const readStream = ({ log, events }: Filled, seconds: number) =>
  rate({ callers: 1, size: 1, seconds }, async () => {
    const after = anywhere(events / streams - 50);
    const stream = log.read.stream(`bench-${anywhere(streams)}`, { after, before: after + 51 });
    for await (const _ of stream);
  });
