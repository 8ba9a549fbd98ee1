import { setTimeout as pause } from 'node:timers/promises';
import type { Stack } from '@sightline/infra/embedded/stack';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../../tests/support/browser.ts';
import { operator } from '../../tests/support/client.ts';
import { holdingProxy } from '../../tests/support/holding-proxy.ts';
import { startSystemWithCameras } from '../../tests/support/system.ts';
import { until } from '../../tests/support/until.ts';
import { benchOptions } from '../lib/options.ts';
import { report } from '../lib/report.ts';
import { openWall } from '../video/ways.ts';
import { drawOnArrival, endArrival } from './arrival.ts';
import { goalsOf, type Run } from './goals.ts';
import { score } from './score.ts';
import { readShots, settled, takeShots, tileOf, watch } from './shots.ts';
import { TruthReader } from './truth.ts';
import { startWorker } from './worker.ts';

const { quick } =
  benchOptions(`Whether boxes are on their frames: composited screenshots, the burned-in clock against the drawn box.

  npm run bench:sync              AI late by 80, 200 and 500 ms; drawn on arrival, live, exact and by the clock; a jittered way
  npm run bench:sync -- --quick   one delay and few pictures, to try it
`);
const load = {
  delaysMs: quick ? [200] : [80, 200, 500],
  seconds: quick ? 5 : 30,
  jitterMs: 30,
};

async function main(): Promise<void> {
  const system = await startSystemWithCameras();
  const { stack } = system;
  const browser = await launchBrowser();
  const proxy = await holdingProxy(stack.ports.cameras, load.jitterMs);
  const url = `rtsp://127.0.0.1:${proxy.port}/clock`;
  try {
    await register(stack, url);
    const runs: Run[] = [];
    for (const delayMs of load.delaysMs) {
      runs.push(...(await named(stack, browser, { url, delayMs })), await nameless(stack, browser, { url, delayMs }));
    }
    report('sync', runs.map(rowOf), goalsOf(runs));
  } finally {
    await browser.close();
    await proxy.close();
    await system.end();
  }
}

async function register(stack: Stack, url: string): Promise<void> {
  const administrator = await operator(stack);
  await administrator.post('/api/sites', { id: 'demo', name: 'Bench' });
  await administrator.post('/api/areas', { id: 'bench', site: 'demo', name: 'Bench' });
  await administrator.post('/api/cameras', { id: 'clock', area: 'bench', name: 'Clock', sources: { main: { url } } });
  const [username, password] = ['bench', 'a viewer of benches'];
  await administrator.post('/api/users', { id: username, username, password, role: 'viewer', areas: ['bench'] });
}

interface Setting {
  url: string;
  delayMs: number;
}

/** The worker names its frames: drawn on arrival as of old, then the console's live way, then its exact one. */
async function named(stack: Stack, browser: Browser, { url, delayMs }: Setting): Promise<Run[]> {
  const worker = await startWorker(stack, { cameras: { clock: url }, delayMs, nameless: false });
  const { page } = await openPage(browser, { width: 1000, height: 640 });
  await openWall(page, stack.url, 1);
  await watch(page, 'live');
  await mode(page, 'exact');
  await drawOnArrival(page, 'clock');
  const arrival = await measure(stack, page, { way: 'arrival', delayMs });
  await endArrival(page);
  const live = await measure(stack, page, { way: 'live', delayMs });
  await watch(page, 'exact');
  const exact = await measure(stack, page, { way: 'exact', delayMs });
  await page.context().close();
  await worker.stop();
  return [arrival, live, exact];
}

/** The worker tells capture times only, as older ones do; pictures are held back all the same. */
async function nameless(stack: Stack, browser: Browser, { url, delayMs }: Setting): Promise<Run> {
  const worker = await startWorker(stack, { cameras: { clock: url }, delayMs, nameless: true });
  const { page } = await openPage(browser, { width: 1000, height: 640 });
  await openWall(page, stack.url, 1);
  await mode(page, 'clock');
  await watch(page, 'exact');
  const run = await measure(stack, page, { way: 'clock', delayMs });
  await page.context().close();
  await worker.stop();
  return run;
}

const mode = (page: Page, wanted: string) =>
  until(`boxes in mode ${wanted}`, async () => {
    return (await tileOf(page).locator('canvas').getAttribute('data-mode')) === wanted;
  });

async function measure(stack: Stack, page: Page, { way, delayMs }: Pick<Run, 'way' | 'delayMs'>): Promise<Run> {
  await settled(page);
  const reader = new TruthReader(stack);
  await pause(delayMs + 1_000);
  const shots = await takeShots(page, load.seconds);
  await pause(delayMs + 1_000);
  await reader.close();
  const { truth, delayP999 } = reader.of('clock');
  return { way, delayMs, delayP999, ...score(await readShots(page, shots), truth) };
}

function rowOf({ way, delayMs, ...run }: Run): Record<string, string | number> {
  const percent = (share: number) => Number((share * 100).toFixed(2));
  return {
    'AI late by ms': delayMs,
    way,
    frames: run.frames,
    'drawn %': percent(run.drawn),
    'on frame %': percent(run.onFrame),
    'within one %': percent(run.withinOneFrame),
    'error px': Number(run.meanErrorPx.toFixed(2)),
    'bias frames': Number(run.biasFrames.toFixed(2)),
    'picture age ms': Math.round(run.age),
    'AI p99.9 ms': Math.round(run.delayP999),
  };
}

await main();
