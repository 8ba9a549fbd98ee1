import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage } from '../../support/browser.ts';
import { Client, operator } from '../../support/client.ts';
import { until } from '../../support/until.ts';
import { browser, complaints, live, page, password, signIn, source, system, tiles } from './site.ts';

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

test('one camera large: nothing for axe to complain of', async () => {
  await page.goto(`${system.stack.url}/?camera=clock`);
  await live(1);
  for (const theme of ['dark', 'light'] as const) assert.deepEqual(await complaints(theme), [], theme);
});
