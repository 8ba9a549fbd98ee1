import { benchOptions } from '../lib/options.ts';
import { report } from '../lib/report.ts';
import { measureAppends } from './append.ts';
import { measureGrowth } from './growth.ts';
import { measureReads } from './read.ts';
import { measureRelay } from './relay.ts';
import { measureSealing } from './sealing.ts';
import { openStage } from './stage.ts';

const { quick, events: asked = 0 } = benchOptions(
  `The event log beside emmett-postgresql and bare Postgres, on the same Postgres in the same run.

  npm run bench:log                       growth from 100,000 to 1 million events
  npm run bench:log -- --events=10000000  growth from 1 million to 10 million, which is what its goal means
  npm run bench:log -- --quick            one short round of each, growth from 2,000 to 20,000, for CI
`,
  { events: 'number' },
);
const load = quick
  ? { rounds: 1, seconds: 0.2, relayed: 40, events: 20_000 }
  : { rounds: 5, seconds: 2, relayed: 300, events: asked >= 10_000 ? asked : 1_000_000 };

async function main(): Promise<void> {
  await using stage = await openStage();
  const parts = [
    await measureAppends(stage, load),
    await measureReads(stage, load),
    await measureRelay(stage, { rounds: load.rounds, events: load.relayed }),
    await measureSealing(stage, load),
    await measureGrowth(stage, load),
  ];
  report(
    'log',
    parts.flatMap(({ rows }) => rows),
    parts.flatMap(({ goals }) => goals),
  );
}

await main();
