import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { seedDemo, startVision } from '@sightline/infra/demo';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.ts';
import { type Composite, readClock, readComposite, readPainted, watchStill } from '../support/picture.ts';
import { type System, startSystemWithCameras } from '../support/system.ts';
import { until } from '../support/until.ts';

const person = [86, 180, 233] as const;
let system: System;
let browser: Browser;
let page: Page;
let errors: string[];

const tile = (camera: string) => page.locator(`figure[data-camera="${camera}"]`);
const stateOf = (camera: string) => tile(camera).getAttribute('data-state');
const live = (camera: string) => until(`${camera} is live`, async () => (await stateOf(camera)) === 'live');

before(async () => {
  system = await startSystemWithCameras({ copies: 2 });
  await seedDemo(system.stack);
  await startVision(system.stack);
  browser = await launchBrowser();
  ({ page, errors } = await openPage(browser));
  await page.addInitScript(keepAudioContexts);
});

/** Runs in the page: keeps every audio context that is made, to be looked at. */
function keepAudioContexts() {
  const contexts: AudioContext[] = [];
  const Kept = class extends AudioContext {
    constructor(options?: AudioContextOptions) {
      super(options);
      contexts.push(this);
    }
  };
  Object.assign(window, { AudioContext: Kept, contexts });
}

after(async () => {
  await browser?.close();
  await system?.end();
});

test('the one-time password opens nothing but the choice of a password, and then the wall', async () => {
  const oneTime = (await system.stack.takeFirstPassword()) ?? '';
  await page.goto(system.stack.url);
  await page.getByLabel('User name').fill('administrator');
  await page.getByLabel('Password').fill(oneTime);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('New password').fill('correct horse battery');
  await page.getByRole('button', { name: 'Save and go on' }).click();
  const cameras = await until('six tiles', async () => {
    const tiles = page.locator('figure[data-camera]');
    const seen = await tiles.evaluateAll((all) => all.map((each) => each.getAttribute('data-camera')).sort());
    return seen.length === 6 && seen;
  });
  assert.deepEqual(cameras, ['clock', 'desk', 'gate', 'plaza', 'vault', 'yard']);
});

test('the burned-in clock advances in the video', async () => {
  await live('clock');
  const video = tile('clock').locator('video');
  const first = await until('a readable clock', async () => (await readClock(video)) || undefined);
  const later = await until('a later clock', async () => {
    const now = await readClock(video);
    return now > first ? now : undefined;
  });
  const wall = Date.now() % 2 ** 32;
  assert.ok(later > first && Math.abs(wall - later) < 60_000, `clock ${later} beside wall clock ${wall}`);
});

test('boxes lie on the people who move in the footage', async () => {
  await live('plaza');
  const video = tile('plaza').locator('video');
  const still = await watchStill(video);
  const lift = await until('boxes on people in five screenshots in a row', async () => {
    const composites: Composite[] = [];
    for (let shot = 0; shot < 5; shot += 1)
      composites.push(await readComposite(video, await video.screenshot(), still, person));
    const sum = (pick: (composite: Composite) => number) => composites.reduce((total, each) => total + pick(each), 0);
    const [moving, inBoxes, share] = [
      sum((each) => each.moving),
      sum((each) => each.movingInBoxes),
      sum((each) => each.boxShare) / 5,
    ];
    return share > 0 && moving > 0 ? inBoxes / moving / share : undefined;
  });
  assert.ok(lift > 3, `what moves is ${lift.toFixed(1)} times as frequent inside boxes as it would be by chance`);
});

test('pictures are without sound, and nothing plays silence for them', async () => {
  await live('clock');
  const states = await page.evaluate(() =>
    (Reflect.get(window, 'contexts') as AudioContext[]).map(({ state }) => state),
  );
  assert.deepEqual(new Set(states), new Set(['closed']));
});

const paintedOn = (camera: string) => readPainted(tile(camera).locator('canvas'));

test('faces are blurred on request: where AI sees one, the picture is a few coarse blocks', async () => {
  await live('desk');
  await page.keyboard.press('b');
  await page.keyboard.press('p');
  const { covered, pixels, colours } = await until('a blurred face', async () => {
    const painted = await paintedOn('desk');
    return painted.covered > 0 && painted.pixels > 400 && painted;
  });
  assert.ok(
    colours <= 64 * covered && colours < pixels / 5,
    `${colours} colours in ${pixels} pixels of ${covered} areas`,
  );
  await until('the tile says so', async () => /face blurred, with/.test((await tile('desk').textContent()) ?? ''));
  await page.keyboard.press('p');
  await until('nothing is painted', async () => (await paintedOn('desk')).pixels === 0);
  await page.keyboard.press('b');
});

test('each tile says what it is: transcoded is live, a wrong password is not let in', async () => {
  await live('gate');
  await until('the vault says why', async () => (await stateOf('vault')) === 'offline');
  assert.match((await tile('vault').textContent()) ?? '', /refuses user or password/);
  assert.match((await tile('vault').textContent()) ?? '', /Not let in/);
});

test('a camera that drops off says so, and comes back without anybody', async () => {
  await live('yard');
  const control = `http://127.0.0.1:${system.stack.ports.cameraControl}`;
  await fetch(`${control}/drop/dropout`, { method: 'POST' });
  await until('the yard is offline', async () => (await stateOf('yard')) === 'offline');
  assert.match((await tile('yard').textContent()) ?? '', /no stream|refuse|answer/);
  await fetch(`${control}/restore/dropout`, { method: 'POST' });
  await live('yard');
});

test('one camera is shown large with Enter, and the wall again with Escape', async () => {
  await tile('clock').getByRole('button').focus();
  await page.keyboard.press('Enter');
  await until('one tile', async () => (await page.locator('figure:visible').count()) === 1);
  await page.keyboard.press('Escape');
  await until('six tiles', async () => (await page.locator('figure:visible').count()) === 6);
});

test('the page complains of nothing', () => assert.deepEqual(errors, []));
