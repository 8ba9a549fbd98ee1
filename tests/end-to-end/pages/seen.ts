import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Redis } from 'ioredis';
import { openPage } from '../../support/browser.ts';
import { viewer } from '../../support/client.ts';
import { native, nowUs } from '../../support/lanes.ts';
import { until } from '../../support/until.ts';
import { browser, complaints, page, signIn, system } from './site.ts';

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
