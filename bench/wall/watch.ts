import { setTimeout as pause } from 'node:timers/promises';
import { chromium, type Page } from 'playwright-core';
import { browserOptions, openPage } from '../../tests/support/browser.ts';
import { cpuSeconds } from '../lib/processes.ts';
import type { Wall } from './walls.ts';

/** What a wall has cost a browser of its own. */
export interface Watched {
  /** Processor time of all of the browser's processes, a tile (% of a core). */
  cpu: number;
  /** Frames that were sent and not shown (%). */
  dropped: number;
  /** From the address being entered until every tile plays (s). */
  playingS: number;
  /** How wide its pictures were (px). */
  width: number;
}

/** Opens a wall in a browser of its own, waits until it has settled, and measures for so many seconds. */
export async function watch(wall: Wall, load: { settleMs: number; seconds: number }): Promise<Watched> {
  const server = await chromium.launchServer(browserOptions);
  const browser = await chromium.connect(server.wsEndpoint());
  try {
    const { page } = await openPage(browser);
    await wall.prepare(page);
    const playingS = await untilPlaying(wall, page);
    await pause(load.settleMs);
    const pid = server.process().pid ?? 0;
    const before = { cpu: cpuSeconds(pid), shown: await page.evaluate(wall.shown), at: performance.now() };
    await pause(load.seconds * 1000);
    const [cpu, shown] = [cpuSeconds(pid) - before.cpu, (await page.evaluate(wall.shown)) - before.shown];
    const seconds = (performance.now() - before.at) / 1000;
    const sent = wall.rate * seconds * wall.tiles;
    return {
      cpu: (cpu / seconds / wall.tiles) * 100,
      dropped: Math.max(0, (1 - shown / sent) * 100),
      playingS,
      width: await page.evaluate(wall.width),
    };
  } finally {
    await browser.close();
    await server.close();
  }
}

async function untilPlaying({ url, playing, tiles }: Wall, page: Page): Promise<number> {
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForFunction(playing, tiles, { polling: 50 });
  return (await page.evaluate(() => performance.now())) / 1000;
}
