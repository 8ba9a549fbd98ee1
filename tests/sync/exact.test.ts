import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Child } from '@sightline/infra/embedded/child';
import type { Browser, Page } from 'playwright-core';
import { score } from '../../bench/sync/score.ts';
import { readShots, takeShots, tileOf, watch } from '../../bench/sync/shots.ts';
import { TruthReader } from '../../bench/sync/truth.ts';
import { startWorker } from '../../bench/sync/worker.ts';
import { openWall } from '../../bench/video/ways.ts';
import { launchBrowser, openPage } from '../support/browser.ts';
import { operator } from '../support/client.ts';
import { readClock } from '../support/picture.ts';
import { type System, startSystemWithCameras } from '../support/system.ts';
import { until } from '../support/until.ts';

let system: System;
let browser: Browser;
let page: Page;
let worker: Child;
let reader: TruthReader;

const modeOf = (on: Page) => tileOf(on).locator('canvas').first().getAttribute('data-mode');
const mode = (on: Page, wanted: string) =>
  until(`boxes in mode ${wanted}`, async () => {
    const now = await modeOf(on);
    if (now === wanted) return true;
    throw new Error(`mode ${now}`);
  });
const plays = async (on: Page) => {
  const first = await readClock(tileOf(on).locator('video'));
  await until('the picture goes on', async () => (await readClock(tileOf(on).locator('video'))) !== first);
};

/** Screenshots hold the burned-in clock against the drawn box; nothing that Sightline says of itself goes into this. */
const onFrames = (on: Page) =>
  until('boxes on their frames in composited screenshots', async () => {
    const shots = await takeShots(on, 1.5);
    const { frames, drawn, onFrame } = await until(
      'what the worker read off these pictures',
      async () => {
        const result = score(await readShots(on, shots), reader.of('clock').truth);
        return result.frames >= 3 && result;
      },
      5_000,
    );
    if (drawn === 1 && onFrame === 1) return true;
    throw new Error(`of ${frames} frames ${drawn} drawn, ${onFrame} on their frame`);
  });
const exact = async (on: Page) => {
  await mode(on, 'exact');
  await onFrames(on);
};

before(async () => {
  system = await startSystemWithCameras();
  const { stack } = system;
  const administrator = await operator(stack);
  const url = `rtsp://127.0.0.1:${stack.ports.cameras}/clock`;
  await administrator.post('/api/sites', { id: 'demo', name: 'Demo' });
  for (const id of ['bench', 'other']) await administrator.post('/api/areas', { id, site: 'demo', name: id });
  await administrator.post('/api/cameras', { id: 'clock', area: 'bench', name: 'Clock', sources: { main: { url } } });
  const [username, password] = ['bench', 'a viewer of benches'];
  await administrator.post('/api/users', {
    id: username,
    username,
    password,
    role: 'viewer',
    areas: ['bench', 'other'],
  });
  worker = await startWorker(stack, { cameras: { clock: url }, delayMs: 100, nameless: false });
  reader = new TruthReader(stack);
  browser = await launchBrowser();
  ({ page } = await openPage(browser, { width: 1000, height: 640 }));
  await openWall(page, stack.url, 1);
  await watch(page, 'exact');
});

after(async () => {
  await browser?.close();
  await worker?.stop();
  await reader?.close();
  await system?.end();
});

test('boxes are on the frames that they belong to', async () => {
  await exact(page);
});

test('a naming worker that dies is replaced: the picture goes on, and boxes are exact again', async () => {
  const [naming] = page.workers();
  assert.ok(naming, 'a worker in the page');
  await naming.evaluate(() => self.close());
  await until('another worker', async () => page.workers().some((each) => each !== naming));
  await plays(page);
  await exact(page);
});

test('a viewer whose naming worker does not come up has a picture, and boxes by the clock', async () => {
  const { page: late } = await openPage(browser, { width: 1000, height: 640 });
  await late.route(/frame-names/, (route) => route.abort());
  await openWall(late, system.stack.url, 1);
  await plays(late);
  await mode(late, 'clock');
  await late.context().close();
});
