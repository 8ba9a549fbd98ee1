import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Child } from '@sightline/infra/embedded/child';
import type { Browser, Page } from 'playwright-core';
import { score } from '../../bench/sync/score.ts';
import { readShots, type Shot, takeShot, takeShots, tileOf, watch } from '../../bench/sync/shots.ts';
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

const urlOf = (camera: string) => `rtsp://127.0.0.1:${system.stack.ports.cameras}/${camera}`;
const simulator = (command: string) =>
  fetch(`http://127.0.0.1:${system.stack.ports.cameraControl}/${command}`, { method: 'POST' });
const startNaming = (...cameras: string[]) =>
  startWorker(system.stack, {
    cameras: Object.fromEntries(cameras.map((camera) => [camera, urlOf(camera)])),
    delayMs: 100,
    nameless: false,
  });
const videoOf = (on: Page, camera = 'clock') => tileOf(on, camera).locator('video');
const modeOf = (on: Page, camera = 'clock') => tileOf(on, camera).locator('canvas').first().getAttribute('data-mode');
const mode = (on: Page, wanted: string, camera?: string) =>
  until(`boxes in mode ${wanted}`, async () => {
    const now = await modeOf(on, camera);
    if (now === wanted) return true;
    throw new Error(`mode ${now}`);
  });
const plays = async (on: Page, camera = 'clock') => {
  const first = await readClock(videoOf(on, camera));
  await until('the picture goes on', async () => (await readClock(videoOf(on, camera))) !== first);
};
const trackOf = () =>
  videoOf(page).evaluate((video) => {
    const media = video instanceof HTMLVideoElement ? video.srcObject : null;
    return media instanceof MediaStream ? media.getVideoTracks()[0]?.id : undefined;
  });
/** An operator's token is short, and these tests are long. */
const tell = async (path: string, body?: object) => (await operator(system.stack)).post(path, body);
const showLarge = async (camera: string) => {
  await page.keyboard.press('Escape');
  await tileOf(page, camera).getByRole('button').dblclick();
};

/** Screenshots hold the burned-in clock against the drawn box; nothing that Sightline says of itself goes into this. */
const onFrames = (on: Page, camera = 'clock') =>
  until('boxes on their frames in composited screenshots', async () => {
    const shots = await takeShots(on, 1.5, camera);
    const { frames, drawn, onFrame } = await until(
      'what the worker read off these pictures',
      async () => {
        const result = score(await readShots(on, shots), reader.of(camera).truth);
        return result.frames >= 3 && result;
      },
      5_000,
    );
    if (drawn === 1 && onFrame === 1) return true;
    throw new Error(`of ${frames} frames ${drawn} drawn, ${onFrame} on their frame`);
  });
const exact = async (on: Page, camera = 'clock') => {
  await mode(on, 'exact', camera);
  await onFrames(on, camera);
};

/** Until boxes are exact again: whatever says meanwhile that it is exact, and not carried on, is on its very frame. */
const honestUntilExact = async (camera = 'clock') => {
  const claimed: Shot[] = [];
  let ended = false;
  const again = exact(page, camera).finally(() => {
    ended = true;
  });
  while (!ended) {
    const clip = await videoOf(page, camera).boundingBox();
    const said = await modeOf(page, camera);
    if (clip && said === 'exact') {
      const shot = await takeShot(page, clip);
      if ((await modeOf(page, camera)) === 'exact') claimed.push(shot);
    }
    await plays(page, camera);
  }
  await again;
  const boxes = (await readShots(page, claimed)).filter(({ boxLeft, dashed }) => boxLeft !== undefined && !dashed);
  const { frames, onFrame } = score(boxes, reader.of(camera).truth);
  assert.ok(frames > 0, 'no frame was told to be exact meanwhile');
  assert.equal(onFrame, 1, `of ${frames} frames that were told to be exact ${onFrame} were`);
};

before(async () => {
  system = await startSystemWithCameras({ environment: { CAMERA_LOOP: 'yes' } });
  const { stack } = system;
  const administrator = await operator(stack);
  await administrator.post('/api/sites', { id: 'demo', name: 'Demo' });
  for (const id of ['bench', 'other']) await administrator.post('/api/areas', { id, site: 'demo', name: id });
  await administrator.post('/api/cameras', {
    id: 'clock',
    area: 'bench',
    name: 'Clock',
    sources: { main: { url: urlOf('clock') } },
  });
  const [username, password] = ['bench', 'a viewer of benches'];
  await administrator.post('/api/users', {
    id: username,
    username,
    password,
    role: 'viewer',
    areas: ['bench', 'other'],
  });
  worker = await startNaming('clock');
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

for (const [name, file] of [
  ['naming', 'frame-names'],
  ['painting', 'paint.worker'],
] as const)
  test(`a ${name} worker that dies is replaced: the picture goes on, and boxes are exact again`, async () => {
    const workers = () => page.workers().filter((each) => each.url().includes(file));
    const [first] = workers();
    assert.ok(first, 'a worker in the page');
    await first.evaluate(() => self.close());
    await until('another worker', async () => workers().some((each) => each !== first));
    await plays(page);
    await exact(page);
  });

test('a viewer whose naming worker does not come up has a picture, and boxes by the clock, until one does', async () => {
  const { page: late } = await openPage(browser, { width: 1000, height: 640 });
  await late.route(/frame-names/, (route) => route.abort());
  await openWall(late, system.stack.url, 1);
  await plays(late);
  await mode(late, 'clock');
  await watch(late, 'exact');
  await late.unroute(/frame-names/);
  await exact(late);
  await late.context().close();
});

test('a viewer whose painting worker does not come up has boxes on their frames all the same', async () => {
  const { page: late } = await openPage(browser, { width: 1000, height: 640 });
  await late.route(/paint\.worker/, (route) => route.abort());
  await openWall(late, system.stack.url, 1);
  await watch(late, 'exact');
  await exact(late);
  await late.context().close();
});

test('a camera that is switched off and on has its boxes on the frames of its new track', async () => {
  await tell('/api/cameras/clock/disable');
  await page.locator('figure[data-camera="clock"]:not([data-state="live"])').waitFor();
  await tell('/api/cameras/clock/enable');
  await plays(page);
  await honestUntilExact();
});

test('a camera that is moved to another room has its boxes on its frames there', async () => {
  const track = await trackOf();
  await tell('/api/cameras/clock/move', { area: 'other' });
  await until('a track of the other room', async () => ![undefined, track].includes(await trackOf()));
  await honestUntilExact();
});

test('who comes to a scene that stands still is told nothing wrong once it moves', async () => {
  await simulator('repeat/clock');
  await page.reload();
  await until('boxes of the still scene', async () => !['', null].includes(await modeOf(page)));
  await simulator('thaw/clock');
  await plays(page);
  await honestUntilExact();
});

test('an AI worker that begins anew is exact again', async () => {
  await tell('/api/cameras', {
    id: 'loop',
    area: 'bench',
    name: 'Loop',
    sources: { main: { url: urlOf('loop') } },
  });
  await worker.stop();
  worker = await startNaming('clock', 'loop');
  await honestUntilExact();
});

test('of footage that loops each turn has its own boxes', async () => {
  await showLarge('loop');
  await honestUntilExact('loop');
});

test('a picture that was out of sight has its boxes on its frames again', async () => {
  await showLarge('loop');
  await plays(page, 'loop');
  await until('the picture out of sight stops', async () =>
    videoOf(page).evaluate((video) => video instanceof HTMLVideoElement && video.readyState < 2),
  );
  await showLarge('clock');
  await plays(page);
  await honestUntilExact();
});
