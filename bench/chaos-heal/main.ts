import { benchOptions, chosenOf } from '../lib/options.ts';
import { type Goal, report } from '../lib/report.ts';
import { missed } from './gaps.ts';
import { type Part, partsOf, type Role } from './parts.ts';
import { setStage } from './stage.ts';
import { Tally } from './tally.ts';
import { type Trial, tryPart } from './trial.ts';
import { Watch } from './watch.ts';
import { writeTable } from './write-table.ts';

const {
  quick,
  parts: asked,
  dead,
  write,
} = benchOptions(
  `The wall open in Chromium while everything that it leans on is killed (kill -9), then held dead.

  npm run chaos:heal                     every part, 60 s dead; about 20 minutes
  npm run chaos:heal -- --quick          a few parts, once each, 3 s dead, for CI
  npm run chaos:heal -- --parts=a,b --dead=S   these parts, so many seconds
  npm run chaos:heal -- --write          puts the table into docs/chaos.md
`,
  { parts: 'words', dead: 'number', write: 'switch' },
);

const chosen = asked ?? (quick ? ['camera', 'ffmpeg', 'overlay-gateway'] : undefined);
const deadMs = (dead ?? (quick ? 3 : 60)) * 1000;
const patience = quick ? { atLeastMs: 1_000, atMostMs: 60_000 } : { atLeastMs: 8_000, atMostMs: 90_000 };
const quietMs = quick ? 1_000 : 20_000;

async function main(): Promise<void> {
  await using stage = await setStage();
  const tally = await Tally.start(stage.stack);
  try {
    const watch = await Watch.start(stage.page);
    const parts = chosenOf(partsOf(stage.stack), chosen, ({ name }) => name);
    const missedAtRest = await atRest(watch);
    const trials: Trial[] = [];
    for (const part of parts) trials.push(...(await die(watch, part)));
    const loss = await tally.verdict(patience.atMostMs);
    const rows = trials.map(rowOf);
    console.log(
      `${missedAtRest} pictures missed in ${quietMs / 1000} s with everything well. Acknowledged: ${loss.detections} detections, ${loss.commands} commands; lost: ${loss.lost}.`,
    );
    const goals = goalsOf(trials, loss.lost, watch.reloads);
    if (write) await writeTable(rows, goals, loss);
    report('chaos-heal', rows, goals);
  } finally {
    await tally.close();
  }
}

/** Pictures that are missed while nobody dies: what the machine itself costs. */
async function atRest(watch: Watch): Promise<number> {
  await watch.steady(patience.atMostMs);
  const start = Date.now();
  await watch.watch(quietMs);
  return missed(watch.pictures, { start, end: Date.now() });
}

async function die(watch: Watch, part: Part): Promise<Trial[]> {
  const trials: Trial[] = [];
  const deaths = quick ? [deadMs] : [0, deadMs];
  for (const ms of part.hold ? deaths : [0]) {
    const trial = await tryPart(watch, part, ms, patience);
    console.log(JSON.stringify(rowOf(trial)));
    trials.push(trial);
  }
  return trials;
}

/** A row of the table, for people. */
const rowOf = ({ part, deadS, pictureS, boxesS, missed: frames, signedIn }: Trial) => ({
  part: part.name,
  died: deadS > 0 ? `dead for ${deadS} s` : 'killed',
  'picture after (s)': Number(pictureS.toFixed(1)),
  'boxes after (s)': Number(boxesS.toFixed(1)),
  'frames missed': frames,
  'signed in': signedIn ? 'yes' : 'no',
});

/** The goals of what was tried. */
function goalsOf(trials: readonly Trial[], lost: number, reloads: number): Goal[] {
  const of = (...roles: Role[]) => trials.filter(({ part }) => roles.includes(part.role));
  const slowest = (name: string, atMost: number, some: readonly Trial[]): Goal[] =>
    some.length === 0
      ? []
      : [{ name, value: Math.max(...some.flatMap(({ pictureS, boxesS }) => [pictureS, boxesS])), atMost }];
  const frames = of('control plane').reduce((total, trial) => total + trial.missed, 0);
  return [
    ...slowest('heal_ffmpeg_s', 5, of('ffmpeg')),
    ...slowest('heal_camera_s', 5, of('camera')),
    ...slowest('heal_other_max_s', 15, of('control plane', 'other')),
    { name: 'frames_missed_control_plane', value: frames, atMost: 0 },
    { name: 'acknowledged_lost', value: lost, atMost: 0 },
    { name: 'page_reloads', value: reloads, atMost: 0 },
  ];
}

await main();
