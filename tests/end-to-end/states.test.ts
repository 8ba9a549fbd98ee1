import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.ts';
import { type Client, operator, viewer } from '../support/client.ts';
import { type HoldingProxy, holdingProxy } from '../support/holding-proxy.ts';
import { type System, startSystemWithCameras } from '../support/system.ts';
import { until } from '../support/until.ts';

let system: System;
let browser: Browser;
let administrator: Client;
let page: Page;
let errors: string[];
/** A line that is held back later, and one that is from the start. */
let later: HoldingProxy;
let always: HoldingProxy;

const tile = (camera: string) => page.locator(`figure[data-camera="${camera}"]`);
const says = (camera: string, kind: string, text: RegExp) =>
  until(
    `${camera} is ${kind} and says ${text}`,
    async () => {
      const [now, words] = [await tile(camera).getAttribute('data-state'), (await tile(camera).textContent()) ?? ''];
      if (now === kind && text.test(words)) return words;
      throw new Error(`${now}: ${words}`);
    },
    90_000,
  );
const control = (path: string) =>
  fetch(`http://127.0.0.1:${system.stack.ports.cameraControl}${path}`, { method: 'POST' });

before(async () => {
  system = await startSystemWithCameras({ environment: { CAMERA_CLOCKS: '2' } });
  const { cameras, lockedCameras } = system.stack.ports;
  [later, always] = [await holdingProxy(cameras), await holdingProxy(cameras)];
  always.hold(2_500);
  administrator = await operator(system.stack);
  await administrator.post('/api/sites', { id: 'demo', name: 'Demo' });
  for (const area of ['yard', 'safe']) await administrator.post('/api/areas', { id: area, site: 'demo', name: area });
  const register = (id: string, path: string, port = cameras, more = {}) =>
    administrator.post('/api/cameras', {
      id,
      area: 'yard',
      name: id,
      sources: { main: { url: `rtsp://127.0.0.1:${port}/${path}` } },
      ...more,
    });
  await register('slow', 'clock', always.port);
  await register('plain', 'pedestrians');
  await register('held', 'clock', later.port);
  await register('same', 'clock2');
  await register('hung', 'faces');
  await register('nowhere', 'nowhere');
  await register('locked', 'locked', lockedCameras);
  await register('sound', 'sound');
  await register('off', 'pedestrians', cameras, { enabled: false });
  await register('treasure', 'pedestrians', cameras, { area: 'safe' });
  await viewer(system.stack, 'ann', ['yard']);
  browser = await launchBrowser();
  ({ page, errors } = await openPage(browser));
  await page.goto(system.stack.url);
  await page.getByLabel('User name').fill('ann');
  await page.getByLabel('Password').fill('the password of ann');
  await page.getByRole('button', { name: 'Sign in' }).click();
});

after(async () => {
  await browser?.close();
  await Promise.all([later?.close(), always?.close()]);
  await system?.end();
});

test('a camera that is slow to answer is connecting', async () =>
  void (await says('slow', 'connecting', /Connecting/)));

test('a camera whose pictures come is live, with their age', async () => {
  await says('plain', 'live', /Live · < 0\.5 s/);
});

test('a camera without a stream, one that lets nobody in and one without a picture are offline, each with its reason', async () => {
  await says('nowhere', 'offline', /Offline for .*no stream at this path \(404\)/);
  await says('locked', 'offline', /Not let in for .*\(401\)/);
  await says('sound', 'offline', /Not supported for .*No video/);
});

test('a camera that is switched off says so', async () => void (await says('off', 'offline', /Switched off/)));

test('a line that begins to hold everything back for five seconds is shown as five seconds old', async () => {
  await says('held', 'live', /Live/);
  later.hold(5_000);
  await says('held', 'lagging', /Late: [45] s old/);
});

test('a camera that sends the same picture over and over is not live', async () => {
  await says('same', 'live', /Live/);
  await control('/repeat/clock2');
  await says('same', 'frozen', /Same picture for \d+ s.*Last picture \d\d:\d\d:\d\d/);
  await control('/thaw/clock2');
  await says('same', 'live', /Live/);
});

test('a line that has held back from the start is shown as old as it makes the pictures', async () => {
  await says('slow', 'lagging', /Late: [23] s old/);
});

test('a camera that is connected and sends nothing is stalled', async () => {
  await says('hung', 'live', /Live/);
  // The simulator answers nobody for a while when a frozen camera is opened again: this comes last of those that need it.
  await control('/freeze/faces');
  await says('hung', 'stalled', /Stalled for \d+ s.*Last picture/);
});

test('what is out of sight is paused', async () => {
  await tile('plain').getByRole('button').press('Enter');
  await until('the others are paused', async () => (await tile('slow').getAttribute('data-state')) === 'paused');
  await page.keyboard.press('Escape');
});

test('a camera that one may not see is said to be that, and nothing is shown of it', async () => {
  await page.goto(`${system.stack.url}/?camera=treasure`);
  await page.getByText('You may not see this camera').waitFor();
  assert.equal(await page.locator('figure:visible').count(), 0);
  await page.getByRole('button', { name: 'Back to the wall' }).click();
  await tile('plain').waitFor();
});

test('the page complains of nothing', () => assert.deepEqual(errors, []));
