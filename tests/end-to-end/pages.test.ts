import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import axe from 'axe-core';
import { Redis } from 'ioredis';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.ts';
import { Client, operator, viewer } from '../support/client.ts';
import { native, nowUs } from '../support/lanes.ts';
import { type System, startSystemWithCameras } from '../support/system.ts';
import { until } from '../support/until.ts';

const password = 'a password for pages';
let system: System;
let browser: Browser;
let page: Page;
let errors: string[];

before(async () => {
  system = await startSystemWithCameras();
  const administrator = await operator(system.stack);
  await administrator.post('/api/sites', { id: 'demo', name: 'Demo' });
  await administrator.post('/api/areas', { id: 'yard', site: 'demo', name: 'Yard' });
  for (const path of ['pedestrians', 'faces', 'clock', 'bframes', 'nowhere'])
    await administrator.post('/api/cameras', { id: path, area: 'yard', name: path, sources: source(path) });
  await administrator.post('/api/users', { username: 'anna', password, role: 'administrator', areas: [] });
  browser = await launchBrowser();
  ({ page, errors } = await openPage(browser));
  // Colours that are still on their way to another theme are nobody's colours.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await signIn(page, 'anna', password);
});

after(async () => {
  await browser?.close();
  await system?.end();
});

const source = (path: string) => ({ main: { url: `rtsp://127.0.0.1:${system.stack.ports.cameras}/${path}` } });
/** An operator's token is short, and these tests are long. */
const allCameras = async (): Promise<{ name: string; enabled: boolean }[]> =>
  (await (await operator(system.stack)).get('/api/cameras')).body.cameras;
const tiles = () => page.locator('figure:visible');
const live = (count: number) =>
  until(`${count} live tiles`, async () => (await page.locator('figure[data-state="live"]').count()) === count);

async function signIn(on: Page, username: string, secret: string): Promise<void> {
  await on.goto(system.stack.url);
  await on.getByLabel('User name').fill(username);
  await on.getByLabel('Password').fill(secret);
  await on.getByRole('button', { name: 'Sign in' }).click();
  await on.getByRole('heading', { name: 'Wall' }).waitFor({ state: 'attached' });
}

/** Bytes that the media server has sent so far. */
async function sentBytes(): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${system.stack.ports.livekitMetrics}/metrics`)).text();
  const lines = text.split('\n').filter((line) => /^livekit_packet_bytes\{.*direction="outgoing"/.test(line));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

/** What the media server sends in a while: it counts up every five seconds. */
async function sentLately(): Promise<number> {
  const before = await sentBytes();
  await page.waitForTimeout(5_500);
  return (await sentBytes()) - before;
}

/** A browser without a screen hides no page: it is told what a browser with one would tell it. */
const setVisibility = (state: DocumentVisibilityState) =>
  page.evaluate((told) => {
    Object.defineProperty(document, 'visibilityState', { value: told, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);

async function complaints(theme: 'dark' | 'light'): Promise<string[]> {
  await page.evaluate((chosen) => {
    document.documentElement.dataset.theme = chosen;
  }, theme);
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    // biome-ignore lint/suspicious/noExplicitAny: axe puts itself on the window
    (window as any).axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }),
  );
  return violations.map(
    ({ id, nodes }: { id: string; nodes: { html: string; failureSummary: string }[] }) =>
      `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
  );
}

test('a wall with more cameras than places has pages, by keys too', async () => {
  await live(4);
  await page.keyboard.press('2');
  await until('four tiles', async () => (await tiles().count()) === 4);
  await page.keyboard.press('PageDown');
  await until('the fifth alone', async () => (await tiles().count()) === 1);
  await page.getByRole('button', { name: 'Page before' }).click();
  await until('four tiles again', async () => (await tiles().count()) === 4);
  await page.keyboard.press('0');
});

test('a free wall is arranged by keys, and is the same in another browser', async () => {
  const first = tiles().first();
  await until('five tiles', async () => (await tiles().count()) === 5);
  const moved = await first.getAttribute('data-camera');
  await first.getByRole('button').focus();
  await page.keyboard.press('+');
  await until('a wide tile', async () => (await first.getAttribute('data-wide')) === 'true');
  await page.keyboard.press('Shift+ArrowRight');
  await until('it has moved', async () => (await tiles().nth(1).getAttribute('data-camera')) === moved);
  await until('it is saved', async () => {
    const client = new Client(system.stack.url);
    await client.signIn('anna', password);
    return (await client.get('/api/session/preferences')).body.free[1]?.camera === moved;
  });
  const other = (await openPage(browser)).page;
  await signIn(other, 'anna', password);
  await until('the same order', async () => {
    const second = other.locator('figure').nth(1);
    return (await second.getAttribute('data-camera')) === moved && (await second.getAttribute('data-wide')) === 'true';
  });
  await other.context().close();
  await page.keyboard.press('0');
});

test('classes are hidden and blurred by keys alone, and that is kept with the account', async () => {
  await page.getByRole('button', { name: 'Boxes' }).press('Enter');
  const draw = page.getByRole('group', { name: 'Draw' }).getByRole('menuitemcheckbox', { name: 'person' });
  await until('the focus is on it', async () => {
    await page.keyboard.press('ArrowDown');
    return draw.evaluate((item) => item === document.activeElement);
  });
  await page.keyboard.press('Space');
  await until('it is off', async () => (await draw.getAttribute('aria-checked')) === 'false');
  for (const theme of ['light', 'dark'] as const) assert.deepEqual(await complaints(theme), [], theme);
  await page.keyboard.press('Escape');
  await page.keyboard.press('p');
  const client = new Client(system.stack.url);
  await client.signIn('anna', password);
  await until('both are saved', async () => {
    const { hidden, blurred } = (await client.get('/api/session/preferences')).body;
    return hidden.join() === 'person' && blurred.join() === 'face';
  });
});

test('what is not looked at costs no bandwidth: the media server sends less, then nothing', async () => {
  await live(4);
  const all = await until('much is sent', async () => {
    const sent = await sentLately();
    return sent > 300_000 && sent;
  });
  await page.locator('figure[data-camera="clock"]').getByRole('button').press('Enter');
  await until('a fraction is sent for one camera', async () => (await sentLately()) < all * 0.7);
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Users' }).first().click();
  await until('next to nothing is sent to a page without pictures', async () => (await sentLately()) < all * 0.02);
  await page.getByRole('link', { name: 'Wall' }).first().click();
  await live(4);
  await setVisibility('hidden');
  await until('next to nothing is sent to a hidden page', async () => (await sentLately()) < all * 0.02);
  await setVisibility('visible');
  await live(4);
});

test('a small tile shows the sub stream, the same camera large its main one', async () => {
  const change = async (sources: object) => (await operator(system.stack)).post('/api/cameras/faces/sources', sources);
  const tile = page.locator('figure[data-camera="faces"]:visible');
  const shows = (width: number) =>
    until(`a picture ${width} pixels wide`, async () => {
      const now = await tile.locator('video').evaluate((video: HTMLVideoElement) => video.videoWidth);
      return now === width && (await tile.getAttribute('data-state')) === 'live';
    });
  await page.setViewportSize({ width: 1100, height: 700 });
  await shows(1280);
  await change({ ...source('faces'), sub: source('pedestrians').main });
  await shows(768);
  await tile.getByRole('button').press('Enter');
  await shows(1280);
  await page.keyboard.press('Escape');
  await shows(768);
  await change(source('faces'));
  await shows(1280);
  await page.setViewportSize({ width: 1600, height: 900 });
});

test('whoever has an address has a picture: the address in, what is found there shown, saved, played', async () => {
  await page.getByRole('link', { name: 'Cameras' }).first().click();
  await page.getByRole('button', { name: 'Add a camera' }).click();
  await page.getByLabel('RTSP URL').fill(source('pedestrians').main.url);
  await page.keyboard.press('Tab');
  await page.getByText('H264 · 768×576').waitFor();
  await page.getByLabel('Name', { exact: true }).fill('Own camera');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: 'Own camera' }).click();
  await until('it plays', async () => (await page.locator('figure[data-state="live"]:visible').count()) === 1);
  await page.keyboard.press('Escape');
});

test('a list of cameras is imported from a file: first what would happen, then what has', async () => {
  await page.getByRole('link', { name: 'Cameras' }).first().click();
  await page.getByRole('link', { name: 'Import' }).click();
  const lines = ['name,area,url', `Door,Yard,${source('faces').main.url}2`, 'Hall,Cellar,rtsp://10.0.0.1/', 'x'];
  await page
    .getByLabel('Choose a CSV file')
    .setInputFiles({ name: 'cameras.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) });
  await page.getByText('expected the name or id of an area (Yard), got Cellar').waitFor();
  assert.equal((await allCameras()).length, 6);
  await page.getByRole('button', { name: 'Register 1 camera' }).click();
  await page.getByText('1 of 1 registered.').waitFor();
  const cameras = await allCameras();
  assert.ok(cameras.some(({ name }) => name === 'Door'));
});

test('a camera is retired only when nobody takes it back', async () => {
  await page.getByRole('link', { name: 'Cameras' }).first().click();
  await page.getByRole('button', { name: 'Actions for Door' }).click();
  await page.getByRole('menuitem', { name: 'Retire' }).click();
  await page.getByRole('button', { name: 'Retire' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Actions for Door' }).click();
  await page.getByRole('menuitem', { name: 'Switch off' }).click();
  await page.getByText('Door is switched off.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await until('it is on', async () => {
    const cameras = await allCameras();
    return cameras.some(({ name, enabled }) => name === 'Door' && enabled);
  });
});

test('a zone is drawn by pointer and a line by keys, saved, and stand on the wall and in the API', async () => {
  await page.getByRole('link', { name: 'Cameras' }).first().click();
  await page.getByRole('button', { name: 'Actions for pedestrians' }).click();
  await page.getByRole('menuitem', { name: 'Zones and lines' }).click();
  await page.locator('figure[data-state="live"]').waitFor();
  await page.getByRole('button', { name: 'Add a zone' }).click();
  const board = page.getByTestId('board');
  const { width, height } = await until('the board', async () => (await board.boundingBox()) ?? false);
  for (const [x, y] of [
    [0.2, 0.4],
    [0.6, 0.4],
    [0.6, 0.8],
    [0.2, 0.4],
  ] as const)
    await board.click({ position: { x: x * width, y: y * height } });
  await page.getByLabel('Zone', { exact: true }).fill('Gate');
  await page.getByRole('button', { name: 'Add a line' }).press('Enter');
  for (const key of ['Space', 'Shift+ArrowRight', 'Space']) await page.keyboard.press(key);
  await page.getByLabel('Line', { exact: true }).fill('Kerb');
  for (const theme of ['light', 'dark'] as const) assert.deepEqual(await complaints(theme), [], theme);
  await page.getByRole('link', { name: 'Wall' }).first().click();
  await page.getByRole('button', { name: 'Stay' }).click();
  await page.getByRole('button', { name: 'Delete Kerb' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('All is saved.').waitFor();
  const { zones, lines } = (await (await operator(system.stack)).get('/api/cameras/pedestrians')).body;
  assert.deepEqual(
    [zones[0].name, zones[0].polygon.length, lines[0].name, zones.length, lines.length],
    ['Gate', 3, 'Kerb', 1, 1],
  );
  await page.getByRole('link', { name: 'Wall' }).first().click();
  await page.getByTestId('marks').getByText('Gate').waitFor();
  await page.getByTestId('marks').getByText('Kerb').waitFor();
});

test('zones that somebody else has changed in the meantime are not lost without a question', async () => {
  await page.goto(`${system.stack.url}/cameras/clock/zones`);
  await page.getByRole('button', { name: 'Add a line' }).press('Enter');
  for (const key of ['Space', 'Shift+ArrowDown', 'Space']) await page.keyboard.press(key);
  const line = { id: 'theirs', name: 'Theirs', from: [0, 0.6], to: [1, 0.7] };
  await (await operator(system.stack)).post('/api/cameras/clock/zones', { zones: [], lines: [line] });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('changed by somebody else').waitFor();
  await page.getByRole('button', { name: 'Take theirs' }).click();
  await until('theirs stands there', async () => {
    const name = page.getByLabel('Line', { exact: true });
    return (await name.count()) === 1 && (await name.inputValue()) === 'Theirs';
  });
  errors.splice(0, errors.length, ...errors.filter((error) => !error.includes('409')));
});

/** A person who walks to the right for two seconds, with a picture of it; over since a minute. */
async function walk(camera: string): Promise<void> {
  const { ports, secrets } = system.stack;
  const worker = new Redis(`redis://worker:${secrets.redis.worker}@127.0.0.1:${ports.redis}`, {
    enableReadyCheck: false,
  });
  const shot = await page.screenshot({ type: 'jpeg', quality: 40, clip: { x: 0, y: 0, width: 96, height: 128 } });
  const thumbnails = JSON.stringify([{ track: 'w1', quality: 0.5, jpeg: shot.toString('base64') }]);
  const begin = nowUs() - 60_000_000;
  for (let n = 0; n < 20; n += 1) {
    const objects = [{ track: 'w1', class: 'person', score: 0.7 + n / 100, box: [n / 50, 0.4, 0.1, 0.3] }];
    const data = native(camera, n, { capturedAtUs: begin + n * 100_000, objects });
    await worker.xadd('detections', '*', 'data', data, ...(n === 0 ? ['thumbnails', thumbnails] : []));
  }
  worker.disconnect();
}

test('what was seen is found by camera, class and score, with its picture, its way and what it did', async () => {
  await walk('clock');
  await page.goto(`${system.stack.url}/seen?camera=clock&class=person&score=80`);
  const row = page.locator('tr[data-track="w1"]');
  await until('it is found', async () => {
    await page.getByRole('button', { name: 'Look again' }).click();
    return (await row.count()) === 1;
  });
  await until('its picture', () => row.locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth === 96));
  await row.getByRole('button').press('Enter');
  await page.getByText('First seen', { exact: true }).waitFor();
  await page.getByText('Last seen, after 1 s').waitFor();
  await page.getByTestId('path').waitFor();
  for (const theme of ['light', 'dark'] as const) assert.deepEqual(await complaints(theme), [], theme);
  await page.keyboard.press('Escape');
  await page.getByLabel('Score').selectOption('90');
  await page.getByText('Nothing was seen.').waitFor();
});

test('who may not see a camera does not find what was seen by it', async () => {
  await viewer(system.stack, 'eve', []);
  const other = (await openPage(browser)).page;
  await signIn(other, 'eve', 'the password of eve');
  await other.getByRole('link', { name: 'Seen' }).first().click();
  await other.getByText('Nothing was seen.').waitFor();
  await other.context().close();
});

test('sites and areas are added and renamed', async () => {
  await page.getByRole('link', { name: 'Places' }).first().click();
  await page.getByRole('button', { name: 'Add an area' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Cellar');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Rename Cellar' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Basement');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Rename Basement' }).waitFor();
});

test('a person is erased only after a question, and no name is left on the page', async () => {
  const { body } = await (await operator(system.stack)).post('/api/users', {
    username: 'berta',
    password,
    role: 'viewer',
    areas: [],
  });
  await page.getByRole('link', { name: 'Users' }).first().click();
  const ask = async () => {
    await page.getByRole('button', { name: 'Actions for berta' }).click();
    await page.getByRole('menuitem', { name: 'Erase' }).click();
  };
  await ask();
  await page.getByRole('button', { name: 'Keep' }).click();
  await ask();
  await page.getByRole('button', { name: 'Erase for ever' }).click();
  await page.getByText(`Was user ${body.id}`).waitFor();
  assert.equal(await page.getByText('berta').count(), 0);
});

test('two hundred cameras and more are listed without drawing them all', async () => {
  const fresh = await operator(system.stack);
  const add = (index: number) =>
    fresh.post('/api/cameras', {
      area: 'yard',
      name: `Many ${index}`,
      enabled: false,
      sources: source('faces'),
    });
  for (let from = 0; from < 220; from += 20)
    await Promise.all(Array.from({ length: 20 }, (_, each) => add(from + each)));
  await page.getByRole('link', { name: 'Cameras' }).first().click();
  await page.getByText('227 cameras').waitFor();
  const rows = await page.locator('tr[data-camera]').count();
  assert.ok(rows > 5 && rows < 100, `${rows} rows`);
  await page.getByLabel('Find a camera').fill('Many 219');
  await until('one row', async () => (await page.locator('tr[data-camera]').count()) === 1);
});

const pages = {
  Cameras: '/cameras',
  Zones: '/cameras/clock/zones',
  Import: '/import',
  Places: '/places',
  Users: '/users',
  Seen: '/seen',
  Status: '/status',
  Wall: '/',
};

for (const [name, path] of Object.entries(pages)) {
  test(`${name}: nothing for axe to complain of, dark or light, nor on a phone`, async () => {
    await page.goto(system.stack.url + path);
    await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
    await until('it is there', async () => (await page.locator('[aria-busy=true]').count()) === 0);
    for (const theme of ['light', 'dark'] as const) assert.deepEqual(await complaints(theme), [], theme);
    await page.setViewportSize({ width: 390, height: 780 });
    const [found, wide] = [
      await complaints('dark'),
      await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth),
    ];
    await page.setViewportSize({ width: 1600, height: 900 });
    assert.deepEqual([found, wide], [[], false]);
  });
}

test('one camera large: nothing for axe to complain of', async () => {
  await page.goto(`${system.stack.url}/?camera=clock`);
  await live(1);
  for (const theme of ['dark', 'light'] as const) assert.deepEqual(await complaints(theme), [], theme);
});

test('who is no administrator is told so by pages that are not for him', async () => {
  await viewer(system.stack, 'bob', ['yard']);
  const other = (await openPage(browser, { width: 390, height: 780 })).page;
  await signIn(other, 'bob', 'the password of bob');
  await other.goto(`${system.stack.url}/cameras`);
  await other.getByText('This page is for administrators').waitFor();
  const wide = await other.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  assert.equal(wide, false);
  await other.context().close();
});

test('the page complains of nothing', () => assert.deepEqual(errors, []));
