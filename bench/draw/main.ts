import type { CDPSession, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../../tests/support/browser.ts';
import { benchOptions } from '../lib/options.ts';
import { cpuSeconds } from '../lib/processes.ts';
import { report } from '../lib/report.ts';
import { median } from '../lib/statistics.ts';
import { openSource } from './serve.ts';
import type { Drawing, RunOptions } from './wall.ts';

const { quick } =
  benchOptions(`What boxes cost the page's main thread: the console's own drawing in Chromium, without a GPU.

  npm run bench:draw              36 canvases with 10 boxes each, drawn at every frame of the display, and 15 times a second
  npm run bench:draw -- --quick   few frames, for CI
`);
const load = { canvases: 36, boxes: 10, rounds: quick ? 1 : 7, frames: quick ? 30 : 240 };
/** Every canvas at each frame of the display, and as cameras of 15 pictures a second have it. */
const paces = [1, 4];

interface Cost {
  every: number;
  drawing: Exclude<Drawing, 'nothing'>;
  /** Beyond the same page that draws nothing. */
  busy: Busy;
}

/** Processor time (ms a frame of the display). */
interface Busy {
  /** Of the main thread, all of it: without a GPU, canvases of the page become pixels here too. */
  wholeMs: number;
  scriptMs: number;
  /** Of the whole browser: the main thread, the painting worker, and what puts the picture together. */
  browserMs: number;
}

async function main(): Promise<void> {
  const browser = await launchBrowser();
  try {
    const { page } = await openPage(browser, { width: 1920, height: 1080 });
    await openSource(page, 'bench/draw/wall.ts');
    await page.evaluate(startWall, load);
    const costs = await measure(page);
    const of = (every: number, drawing: Cost['drawing'], pick: (busy: Busy) => number) =>
      median(costs.filter((cost) => cost.every === every && cost.drawing === drawing).map(({ busy }) => pick(busy)));
    const rows = paces.flatMap((every) =>
      (['console', 'bare'] as const).map((drawing) => ({
        'new pictures': every === 1 ? 'at every frame' : `at every ${every}th frame`,
        by: drawing === 'console' ? 'the console' : 'bare strokeRect and fillText',
        'main thread, ms a frame': Number(of(every, drawing, whole).toFixed(2)),
        'of it script': Number(of(every, drawing, script).toFixed(2)),
        'whole browser, ms a frame': Number(of(every, drawing, browserTime).toFixed(2)),
      })),
    );
    const sent = await page.evaluate(() => Reflect.get(window, 'wall').sent);
    console.log(
      `Of what was new ${(sent * 100).toFixed(1)} % was sent to be painted; the rest was older than what was sent.`,
    );
    report('draw', rows, [{ name: 'draw_ms_per_frame', value: of(1, 'console', whole), atMost: 4 }]);
  } finally {
    await browser.close();
  }
}

const whole = ({ wholeMs }: Busy) => wholeMs;
const script = ({ scriptMs }: Busy) => scriptMs;
const browserTime = ({ browserMs }: Busy) => browserMs;

async function measure(page: Page): Promise<Cost[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const costs: Cost[] = [];
  for (let round = 0; round < load.rounds; round += 1) {
    for (const every of paces) {
      const idle = await busyOf(page, session, { drawing: 'nothing', every });
      for (const drawing of ['console', 'bare'] as const) {
        costs.push({ every, drawing, busy: less(await busyOf(page, session, { drawing, every }), idle) });
      }
    }
  }
  return costs;
}

const less = (busy: Busy, idle: Busy): Busy => ({
  wholeMs: busy.wholeMs - idle.wholeMs,
  scriptMs: busy.scriptMs - idle.scriptMs,
  browserMs: busy.browserMs - idle.browserMs,
});

async function busyOf(page: Page, session: CDPSession, run: Omit<RunOptions, 'frames'>): Promise<Busy> {
  const drawn = await page.evaluate(drawOnWall, { ...run, frames: 20 });
  const wrong = run.drawing === 'console' && drawn.some((boxes) => boxes !== load.boxes);
  if (wrong) throw new Error(`Expected ${load.boxes} boxes on each canvas, got ${drawn}.`);
  const before = await busySoFar(session);
  await page.evaluate(drawOnWall, { ...run, frames: load.frames });
  const after = await busySoFar(session);
  const { wholeMs, scriptMs, browserMs } = less(after, before);
  return { wholeMs: wholeMs / load.frames, scriptMs: scriptMs / load.frames, browserMs: browserMs / load.frames };
}

async function busySoFar(session: CDPSession): Promise<Busy> {
  const { metrics } = await session.send('Performance.getMetrics');
  const ms = (wanted: string) => (metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN) * 1000;
  const { user, system } = process.cpuUsage();
  const browserMs = cpuSeconds(process.pid) * 1000 - (user + system) / 1000;
  return { wholeMs: ms('TaskDuration'), scriptMs: ms('ScriptDuration'), browserMs };
}

/** In the page. */
async function startWall(options: typeof load): Promise<void> {
  const wall = new (Reflect.get(window, 'Wall'))(options);
  await wall.start();
  Object.assign(window, { wall });
}

/** In the page; tells how many boxes are on each canvas at the end. */
async function drawOnWall(run: RunOptions): Promise<number[]> {
  const wall = Reflect.get(window, 'wall');
  await wall.run(run);
  return wall.drawn;
}

await main();
