import { requestRebuild } from '@sightline/event-log';
import { until } from '../../tests/support/until.ts';
import { benchOptions } from '../lib/options.ts';
import { report } from '../lib/report.ts';
import { sum } from './checker.ts';
import { allAtEnd, readEnds } from './ends.ts';
import { type Load, type Run, startRun } from './run.ts';
import { loseJetStream } from './wipe.ts';

const { quick, events, kills } = benchOptions(
  `The event log under random kill -9 of everybody who works on it, beside a tally in files.

  npm run chaos:log                        1,000,000 events, 100 kills
  npm run chaos:log -- --quick             50,000 events, 10 kills
  npm run chaos:log -- --events=N --kills=N  another number of either
`,
  { events: 'number', kills: 'number' },
);

const load: Load = {
  events: Math.ceil(events ?? (quick ? 50_000 : 1_000_000)),
  kills: Math.ceil(kills ?? (quick ? 10 : 100)),
  batch: quick ? 25 : 100,
};
const cutMs = quick ? 1_000 : 5_000;
const patienceMs = 600_000;

/** Kills in random order, so that everybody has his turn; one more each time so much was acknowledged. */
async function killAll(run: Run): Promise<Record<string, number>> {
  const killed: Record<string, number> = {};
  let turns: string[] = [];
  for (let kill = 1; kill <= load.kills; kill += 1) {
    const due = (load.events * kill) / (load.kills + 1);
    await until(`${Math.round(due)} events acknowledged`, async () => run.acknowledged() >= due, patienceMs);
    if (turns.length === 0) turns = shuffled([...Object.keys(run.victims), 'network']);
    const victim = turns.pop() ?? '';
    killed[victim] = (killed[victim] ?? 0) + 1;
    if (victim === 'network') run.proxy.cut(cutMs, Math.random() < 0.5 ? 'go on' : 'break');
    else shuffled(run.victims[victim] ?? [])[0]?.kill('SIGKILL');
    if (kill === Math.ceil(load.kills / 2)) await askForRebuild(run);
  }
  return killed;
}

const shuffled = <Item>(items: readonly Item[]): Item[] =>
  items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

const askForRebuild = (run: Run) =>
  until('a rebuild is asked for', async () => {
    await requestRebuild(run.pool, { schema: 'registry', projection: 'chaos' });
    return true;
  });

async function main(): Promise<void> {
  await using run = await startRun(load);
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1000);
  const killed = await killAll(run);
  await until('everything is acknowledged', async () => run.acknowledged() >= load.events, patienceMs);
  const written = seconds();
  await until('every end has come as far as the log', () => allAtEnd(run), patienceMs);
  console.log(`${run.acknowledged()} events acknowledged in ${written} s, at every end after ${seconds()} s.`);
  console.log(
    `Killed: ${Object.entries(killed)
      .map(([victim, times]) => `${victim} ${times}`)
      .join(', ')}.`,
  );
  const ends = await readEnds(run);
  const refilled = await loseJetStream(run);
  const again = await readEnds(run);
  ends.push(
    ...again.filter(({ end }) => end.includes('JetStream')).map((end) => ({ ...end, end: `${end.end}, filled again` })),
  );
  console.log(`JetStream lost everything and was filled again in ${refilled.toFixed(1)} s.`);
  const total = sum(ends);
  report(
    'chaos-log',
    ends.map((end) => ({ ...end })),
    [
      { name: 'lost', value: total.lost, atMost: 0 },
      { name: 'twice', value: total.twice, atMost: 0 },
      { name: 'out_of_order', value: total.outOfOrder, atMost: 0 },
    ],
  );
}

await main();
