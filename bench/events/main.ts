import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { clearState } from '@sightline/infra/embedded/clear';
import { type Stack, startStack } from '@sightline/infra/embedded/stack';
import { Pool } from 'pg';
import { viewer } from '../../tests/support/client.ts';
import { registerCameras } from '../lib/cameras.ts';
import { benchOptions } from '../lib/options.ts';
import { type Goal, report } from '../lib/report.ts';
import { median, percentile } from '../lib/statistics.ts';
import { backlog, copyRate, durableRate, empty } from './durable.ts';
import { Load } from './load.ts';
import { ask, fill } from './search.ts';

const { quick, objects: asked } = benchOptions(
  `Both lanes of the events service, beside a bare loop and beside COPY, and the search over what is stored.

  npm run bench:events             2,000 detections/s, a backlog of 1 million, 5 million objects, 3 runs
  npm run bench:events -- --quick  a backlog of 5,000 and 20,000 objects, one short run, for CI
  npm run bench:events -- --objects=50000000  the same over so many objects
`,
  { objects: 'number' },
);
const load = quick
  ? { runs: 1, seconds: 1, closed: 2_000, durable: 2_000, backlog: 5_000, objects: 20_000, questions: 10 }
  : { runs: 3, seconds: 10, closed: 200_000, durable: 50_000, backlog: 1_000_000, objects: 5_000_000, questions: 300 };
const objects = asked ?? load.objects;
const perSecond = 2_000;

interface Bench {
  stack: Stack;
  pool: Pool;
  load: Load;
  cameras: string[];
}

const rows: Record<string, string | number>[] = [];
const say = (what: string, value: number, unit: string) => rows.push({ what, value: Number(value.toFixed(1)), unit });

async function main(): Promise<void> {
  const state = join(tmpdir(), `sightline-bench-${process.pid}`);
  const services = { registry: 1, auth: 1, events: 1 };
  const stack = await startStack({ state, parts: ['postgres', 'redis', 'nats', 'caddy'], services });
  const { ports, secrets } = stack;
  const connectionString = `postgres://postgres:${secrets.postgres.admin}@127.0.0.1:${ports.postgres}/sightline`;
  const pool = new Pool({ connectionString });
  const cameras = await registerCameras(stack, 20);
  const bench = { stack, pool, cameras, load: await Load.open(stack, cameras) };
  const bare = await bareLoop(stack);
  try {
    await bench.load.ages('detections', 'det.>', { perSecond: 200, seconds: 4 });
    const goals = [...(await fast(bench)), ...(await durable(bench)), await during(bench), await search(bench)];
    report('events', rows, goals);
  } finally {
    bare.kill();
    await bench.load.close();
    await pool.end();
    await stack.close();
    await clearState(state);
  }
}

async function bareLoop({ ports, secrets }: Stack): Promise<ChildProcess> {
  const env = {
    REDIS_URL: `redis://admin:${secrets.redis.admin}@127.0.0.1:${ports.redis}`,
    NATS_URL: `127.0.0.1:${ports.nats}`,
    NATS_PASSWORD: secrets.nats.admin ?? '',
  };
  const child = fork(join(import.meta.dirname, 'bare-loop.ts'), { env: { ...process.env, ...env } });
  await once(child, 'message');
  return child;
}

const ways = { ours: ['detections', 'det.>'], bare: ['bare', 'bare.>'] } as const;

async function fast({ load: each }: Bench): Promise<Goal[]> {
  const p99 = { ours: [] as number[], bare: [] as number[] };
  const rate = { ours: [] as number[], bare: [] as number[] };
  for (let run = 0; run < load.runs; run += 1) {
    for (const [way, [stream, subject]] of Object.entries(ways) as [keyof typeof ways, readonly [string, string]][]) {
      const ages = await each.ages(stream, subject, { perSecond, seconds: load.seconds });
      p99[way].push(percentile(ages, 0.99));
      say(`fast lane at ${perSecond}/s, ${way}: p50`, percentile(ages, 0.5), 'ms');
      say(`fast lane at ${perSecond}/s, ${way}: p99`, percentile(ages, 0.99), 'ms');
      await each.settled();
      rate[way].push(await each.rate(stream, subject, { total: load.closed }));
      await each.settled();
      say(`fast lane, most, ${way}`, rate[way].at(-1) ?? 0, '/s');
    }
  }
  const [ours, bare] = [median(p99.ours), median(p99.bare)];
  return [
    {
      name: 'fast_p99_ms',
      value: ours,
      atMost: 10,
      otherwise: { met: ours <= 2 * bare, why: `twice the bare loop's ${bare.toFixed(1)} ms` },
    },
    { name: 'fast_rate_vs_bare_loop', value: median(rate.ours) / median(rate.bare), atLeast: 0.5 },
  ];
}

async function durable({ stack, pool, cameras, load: each }: Bench): Promise<Goal[]> {
  const rate = { ours: [] as number[], copy: [] as number[] };
  for (let run = 0; run < load.runs; run += 1) {
    rate.ours.push(await durableRate(stack, { load: each, pool, total: load.durable }));
    rate.copy.push(await copyRate(pool, cameras, load.durable));
    say('durable lane', rate.ours.at(-1) ?? 0, '/s');
    say('COPY and INSERT … ON CONFLICT', rate.copy.at(-1) ?? 0, '/s');
  }
  return [{ name: 'durable_rate_vs_copy', value: median(rate.ours) / median(rate.copy), atLeast: 0.5 }];
}

/** Ages on the fast lane while the durable lane works through a backlog. */
async function during({ stack, pool, load: each }: Bench): Promise<Goal> {
  await empty(pool);
  stack.child('events').kill('SIGSTOP');
  await backlog(each, load.backlog);
  stack.child('events').kill('SIGCONT');
  await pause(500);
  const ages = await each.ages('detections', 'det.>', { perSecond: 300, seconds: 2 * load.seconds });
  say(`fast lane at 300/s while ${load.backlog} drain: p99`, percentile(ages, 0.99), 'ms');
  return { name: 'fast_p99_during_backlog_ms', value: percentile(ages, 0.99), atMost: 50 };
}

async function search({ stack, pool, cameras, load: each }: Bench): Promise<Goal> {
  await each.redis.del('detections');
  await empty(pool);
  await fill(pool, cameras, objects);
  const client = await viewer(stack, 'searcher', ['bench']);
  const { p50, p95 } = await ask(client, cameras, load.questions);
  say(`search over ${objects} objects: p50`, p50, 'ms');
  say(`search over ${objects} objects: p95`, p95, 'ms');
  return { name: 'search_p95_ms', value: p95, atMost: 100 };
}

await main();
