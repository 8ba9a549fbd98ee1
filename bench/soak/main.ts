import { setTimeout as pause } from 'node:timers/promises';
import { seedDemo, startVision } from '@sightline/infra/demo';
import type { Stack } from '@sightline/infra/embedded/stack';
import { Pool } from 'pg';
import { launchBrowser } from '../../tests/support/browser.ts';
import { startSystemWithCameras } from '../../tests/support/system.ts';
import { benchOptions } from '../lib/options.ts';
import { report } from '../lib/report.ts';
import { growthOf } from './growth.ts';
import { Life } from './life.ts';
import { type Holding, holdingOf, ours } from './sampler.ts';

const { quick, minutes: asked } = benchOptions(
  `Hours of cameras that drop off and viewers who come and go: what every process holds, sampled.

  npm run soak                   two hours, of which the first, at ten times the pace until a rest in its middle, is to warm up
  npm run soak -- --minutes 5    shorter: too short to judge growth an hour by, long enough for descriptors
  npm run soak -- --quick        half a minute, for CI
`,
  { minutes: 'number' },
);
const minutes = quick ? 0.2 : (asked ?? 120);
/** V8 compiles a function when it was called 400 times: one that is called every five seconds after half an hour. */
const warmUpMinutes = Math.min(60, minutes / 2);
/** A line through less than this says nothing of an hour. */
const judgedMinutes = 60;
const plan = {
  minutes: minutes - warmUpMinutes,
  warmUpMs: warmUpMinutes * 60_000,
  everyMs: quick ? 500 : 5_000,
  /** Connections that nobody uses are kept for up to two minutes. */
  restMs: quick ? 3_000 : Math.min(130, minutes * 6) * 1_000,
  lastRestMs: quick ? 12_000 : 180_000,
  life: quick ? { pages: 1, sockets: 4, stayMs: 2_000 } : { pages: 2, sockets: 8, stayMs: 15_000 },
  warmUpPace: quick ? 1 : 10,
};

interface Sampled {
  hours: number;
  holding: Holding;
}

async function main(): Promise<void> {
  // The camera that drops off by itself stays: those that are dropped are counted.
  const system = await startSystemWithCameras({ environment: { CAMERA_DROPOUT: '86400,1' } });
  const { stack } = system;
  const browser = await launchBrowser();
  const { ports, secrets } = stack;
  const admin = `postgres://postgres:${secrets.postgres.admin}@127.0.0.1:${ports.postgres}/sightline`;
  const pool = new Pool({ connectionString: admin, max: 1, idleTimeoutMillis: 0 });
  try {
    await seedDemo(stack);
    await startVision(stack, { cores: 0.2 });
    const warmUp = new Life(stack, browser, { ...plan.life, pace: plan.warmUpPace });
    await soak({ warmUp, life: new Life(stack, browser, plan.life) }, stack, pool);
  } finally {
    await browser.close();
    await pool.end();
    await system.end();
  }
}

async function soak({ warmUp, life }: { warmUp: Life; life: Life }, stack: Stack, pool: Pool): Promise<void> {
  const sample = () => holdingOf(stack, pool);
  await warmUp.register();
  warmUp.start();
  await pause(plan.warmUpMs / 2);
  await warmUp.rest();
  const before = await leastOver(plan.restMs, sample);
  life.start();
  await pause(plan.warmUpMs / 2);
  const samples = await samplesOver(plan.minutes * 60_000, sample);
  await life.rest();
  const after = await leastOver(plan.lastRestMs, sample, before);
  assertSameProcesses(stack);
  console.log(
    `Happened until the first rest: ${JSON.stringify(warmUp.count)}; after it: ${JSON.stringify(life.count)}`,
  );
  if (plan.minutes < judgedMinutes)
    console.log(`${plan.minutes} min are too short to judge growth an hour by: read it with its error.`);
  tell({ before, samples, after });
}

async function samplesOver(ms: number, sample: () => Promise<Holding>): Promise<Sampled[]> {
  const samples: Sampled[] = [];
  for (const began = performance.now(); performance.now() - began < ms; await pause(plan.everyMs))
    samples.push({ hours: performance.now() / 3_600_000, holding: await sample() });
  return samples;
}

/**
 * The least that is held while nothing goes on, for two samples in a row: a process that is just being replaced holds less for a
 * moment. Looked for until it is no more than before, or for so long.
 */
async function leastOver(ms: number, sample: () => Promise<Holding>, before?: Holding): Promise<Holding> {
  let last = await sample();
  let least: Holding | undefined;
  for (const end = performance.now() + ms; !least || performance.now() < end; await pause(plan.everyMs)) {
    const now = await sample();
    const steady = each(Math.max, last, now);
    least = least ? each(Math.min, least, steady) : steady;
    last = now;
    if (before && ours.every((name) => fdsOf(least ?? steady, name) <= fdsOf(before, name))) break;
  }
  return least ?? last;
}

/** One of two numbers, for each that is held. */
function each(choose: (one: number, other: number) => number, one: Holding, other: Holding): Holding {
  const processes = Object.entries(one.processes).map(([name, held]) => {
    const now = other.processes[name] ?? held;
    const handles = held.handles === undefined ? undefined : choose(held.handles, now.handles ?? held.handles);
    return [name, { rssMib: choose(held.rssMib, now.rssMib), fds: choose(held.fds, now.fds), handles }];
  });
  return {
    processes: Object.fromEntries(processes),
    postgres: choose(one.postgres, other.postgres),
    ffmpegs: choose(one.ffmpegs, other.ffmpegs),
  };
}

const fdsOf = ({ processes }: Holding, name: string) => processes[name]?.fds ?? Number.NaN;

/** What was started anew holds little: that is no proof of anything. */
function assertSameProcesses(stack: Stack): void {
  const again = stack.children().filter(({ restarts }) => restarts > 0);
  if (again.length > 0) throw new Error(`Ended by themselves meanwhile: ${again.map(({ name }) => name).join(', ')}.`);
}

function tell({ before, samples, after }: { before: Holding; samples: Sampled[]; after: Holding }): void {
  const growth = (name: string) =>
    growthOf(samples.map(({ hours, holding }) => ({ hours, value: holding.processes[name]?.rssMib ?? 0 })));
  const rows = Object.keys(after.processes).map((name) => {
    const { mean, percentPerHour, error, least } = growth(name);
    const handles = [before, after].map(({ processes }) => processes[name]?.handles);
    return {
      process: ours.includes(name) ? name : `(${name})`,
      'memory MiB': Math.round(mean),
      'growth % an hour': `${percentPerHour.toFixed(1)} ± ${error.toFixed(1)}`,
      'least of each sixth': least.map((mib) => mib.toFixed(0)).join(' '),
      'descriptors at rest': `${fdsOf(before, name)} → ${fdsOf(after, name)}`,
      'handles at rest': handles.includes(undefined) ? '' : handles.join(' → '),
    };
  });
  console.log(`Connections to Postgres at rest: ${before.postgres} → ${after.postgres}.`);
  console.log(`Processes of the ingress at rest: ${before.ffmpegs} → ${after.ffmpegs}.`);
  report('soak', rows, [
    {
      name: 'rss_growth_pct_per_hour',
      value: Math.max(...ours.map((name) => growth(name).percentPerHour)),
      atMost: 1,
    },
    { name: 'fd_growth', value: Math.max(...ours.map((name) => fdsOf(after, name) - fdsOf(before, name))), atMost: 0 },
  ]);
}

await main();
