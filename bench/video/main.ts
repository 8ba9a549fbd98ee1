import { setTimeout as pause } from 'node:timers/promises';
import type { Stack } from '@sightline/infra/embedded/stack';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../../tests/support/browser.ts';
import { startSystemWithCameras } from '../../tests/support/system.ts';
import { benchOptions } from '../lib/options.ts';
import { report } from '../lib/report.ts';
import { median, percentile } from '../lib/statistics.ts';
import { launchFreezable } from './freezable.ts';
import { type Sample, startMeter, takeSamples } from './meter.ts';
import { clockPaths, oldWay, ourWay, type Way } from './ways.ts';

const { quick } =
  benchOptions(`Glass to glass and server cost, the old way (MPEG-1, Node, JSMpeg) beside ours, on cameras with a burned-in clock.

  npm run bench:video              two cameras, three runs of each way in turn, one viewer frozen for 10 s
  npm run bench:video -- --quick   one short run of each, for CI
`);
const load = {
  cameras: 2,
  seconds: quick ? 3 : 20,
  runs: quick ? 1 : 3,
  frozenSeconds: quick ? 2 : 10,
  settleMs: quick ? 2_000 : 5_000,
};

interface Run {
  p50: number;
  p99: number;
  cpu: number;
  frozenRise: number;
}

async function main(): Promise<void> {
  const system = await startSystemWithCameras({ environment: { CAMERA_CLOCKS: String(load.cameras) } });
  const { stack } = system;
  const browser = await launchBrowser();
  try {
    await measure(stack, browser);
  } finally {
    await browser.close();
    await system.end();
  }
}

async function measure(stack: Stack, browser: Browser): Promise<void> {
  const runs: Record<'old' | 'ours', Run[]> = { old: [], ours: [] };
  const rows: Record<string, string | number>[] = [];
  const ours = await ourWay(stack, load.cameras);
  for (let run = 1; run <= load.runs; run += 1) {
    for (const key of ['old', 'ours'] as const) {
      const way = key === 'ours' ? ours : await oldWay(stack, { paths: clockPaths(load.cameras) });
      const result = await runOnce(way, browser);
      if (key === 'old') await way.stop();
      runs[key].push(result);
      rows.push({
        run,
        way: way.name,
        'p50 ms': Math.round(result.p50),
        'p99 ms': Math.round(result.p99),
        'CPU % a camera': Number(result.cpu.toFixed(2)),
        'p99 rise, one frozen, %': Math.round(result.frozenRise),
      });
    }
  }
  const of = (key: 'old' | 'ours', pick: (run: Run) => number) => median(runs[key].map(pick));
  report('video', rows, [
    { name: 'latency_p50_ratio', value: of('old', (run) => run.p50) / of('ours', (run) => run.p50), atLeast: 2.5 },
    { name: 'server_cpu_ratio', value: of('old', (run) => run.cpu) / of('ours', (run) => run.cpu), atLeast: 3 },
    { name: 'frozen_viewer_p99_rise', value: of('ours', (run) => run.frozenRise), atMost: 20 },
  ]);
}

/** One way, looked at by one viewer; then a second viewer's whole browser is frozen, and the first one's p99 compared. */
async function runOnce(way: Way, browser: Browser): Promise<Run> {
  const { page } = await openPage(browser, { width: 1000, height: 320 });
  const other = await launchFreezable();
  try {
    await way.open(page);
    await way.open(other.page);
    await startMeter(page);
    await pause(load.settleMs);
    await takeSamples(page);
    const [cpuBefore, started] = [way.cpu(), performance.now()];
    const steady = ages(await samplesOver(page, load.seconds));
    const cpu = ((way.cpu() - cpuBefore) / ((performance.now() - started) / 1000) / load.cameras) * 100;
    other.freeze();
    const frozen = ages(await samplesOver(page, load.frozenSeconds));
    other.thaw();
    const p99 = percentile(steady, 0.99);
    return { p50: median(steady), p99, cpu, frozenRise: (percentile(frozen, 0.99) / p99 - 1) * 100 };
  } finally {
    other.thaw();
    await other.close();
    await page.context().close();
  }
}

async function samplesOver(page: Page, seconds: number): Promise<Sample[]> {
  await pause(seconds * 1000);
  return takeSamples(page);
}

const ages = (samples: Sample[]) => samples.map(({ age }) => age);

await main();
