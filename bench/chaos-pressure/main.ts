import { setTimeout as pause } from 'node:timers/promises';
import { type Lanes, startLanes } from '../../tests/support/lanes.ts';
import { until } from '../../tests/support/until.ts';
import { storedGoals } from '../chaos-events/stored.ts';
import { Workers } from '../chaos-events/workers.ts';
import { benchOptions, chosenOf } from '../lib/options.ts';
import { type Goal, report } from '../lib/report.ts';
import { type Trouble, troubles } from './troubles.ts';
import { type Seen, Watch } from './watch.ts';

const { quick, minutes, parts } = benchOptions(
  `Postgres, Redis and NATS slow, full or gone under load, one after the other; then holds what Redis acknowledged
against what is stored, and looks at memory and at the fast lane meanwhile.

  npm run chaos:pressure                  ten minutes each, an hour and a half in all
  npm run chaos:pressure -- --minutes 1   shorter
  npm run chaos:pressure -- --parts nats  some
  npm run chaos:pressure -- --quick       a few seconds each, to try it
`,
  { minutes: 'number', parts: 'words' },
);
const heldMs = (quick ? 0.05 : (minutes ?? 10)) * 60_000;
const calmMs = quick ? 2_000 : 10_000;
/** What piled up is stored in less than it took to pile up, and a minute to find each other again. */
const drainMs = heldMs + 120_000;
const chosen = chosenOf(troubles, parts, ({ part }) => part);
const cameras = ['cam1', 'cam2', 'cam3', 'cam4'];
/** Two workers write this often each: some 150 detections a second. */
const everyMs = 12;

interface Result {
  trouble: Trouble;
  calm: Seen;
  troubled: Seen;
  acknowledged: number;
  drainedS: number;
}

async function main(): Promise<void> {
  const lanes = await startLanes(cameras, { parts: ['postgres', 'redis', 'nats', 'caddy'] });
  const { stack } = lanes.system;
  const watch = new Watch(stack, lanes.nats);
  try {
    const workers = new Workers(stack, { count: 2, cameras, everyMs });
    const results: Result[] = [];
    for (const trouble of chosen) results.push(await suffer(trouble, { lanes, watch, workers }));
    await workers.stop();
    report('chaos-pressure', results.map(rowOf), [
      ...(await storedGoals(lanes.pool, workers.acknowledged, drainMs)),
      ...goalsOf(results),
      { name: 'ended_by_themselves', value: stack.children().filter(({ restarts }) => restarts > 0).length, atMost: 0 },
    ]);
  } finally {
    watch.close();
    await lanes.end();
  }
}

interface Scene {
  lanes: Lanes;
  watch: Watch;
  workers: Workers;
}

/** One trouble, from a calm before it to when all that was acknowledged until its end is stored. */
async function suffer(trouble: Trouble, { lanes, watch, workers }: Scene): Promise<Result> {
  console.log(`${trouble.part} ${trouble.how} for ${(heldMs / 60_000).toFixed(1)} min …`);
  watch.take();
  await pause(calmMs);
  const calm = watch.take();
  const before = workers.acknowledged.size;
  const end = await trouble.begin(lanes.system.stack);
  await pause(heldMs);
  const troubled = watch.take();
  await end();
  const due = workers.acknowledged.size;
  const since = performance.now();
  await until('what was acknowledged is stored', async () => (await storedIn(lanes)) >= due, drainMs).catch(() => {});
  return {
    trouble,
    calm,
    troubled,
    acknowledged: due - before,
    drainedS: (performance.now() - since) / 1_000,
  };
}

const storedIn = ({ count }: Lanes) => count('select count(*) from events.detections');

function goalsOf(results: readonly Result[]): Goal[] {
  const growth = results.map(({ calm, troubled }) =>
    Math.max(troubled.eventsMib - calm.eventsMib, troubled.gatewayMib - calm.gatewayMib),
  );
  const gaps = results.filter(({ trouble }) => trouble.part === 'postgres').map(({ troubled }) => troubled.longestGapS);
  return [
    { name: 'memory_growth_mib', value: Math.max(...growth), atMost: 100 },
    ...(gaps.length > 0 ? [{ name: 'fast_gap_without_postgres_s', value: Math.max(...gaps), atMost: 2 }] : []),
  ];
}

function rowOf({ trouble, calm, troubled, acknowledged, drainedS }: Result): Record<string, string | number> {
  const perSecond = (count: number, ms: number) => Math.round((count / ms) * 1_000);
  return {
    trouble: `${trouble.part} ${trouble.how}`,
    'acknowledged /s': perSecond(acknowledged, heldMs),
    'fast lane /s before': perSecond(calm.fast, calmMs),
    'fast lane /s': perSecond(troubled.fast, heldMs),
    'longest gap s': Number(troubled.longestGapS.toFixed(1)),
    'events MiB': `${Math.round(calm.eventsMib)} → ${Math.round(troubled.eventsMib)}`,
    'gateway MiB': `${Math.round(calm.gatewayMib)} → ${Math.round(troubled.gatewayMib)}`,
    'stored after s': Number(drainedS.toFixed(1)),
  };
}

await main();
