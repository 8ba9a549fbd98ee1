import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { serviceNames } from '@sightline/contracts';
import { seedDemo, startVision } from '@sightline/infra/demo';
import { startStack } from '@sightline/infra/embedded/stack';
import type { Page } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.ts';
import { operator } from '../support/client.ts';
import { until } from '../support/until.ts';

/** Makes the pictures of README and docs from the demo site: `npm run screenshots`. */
const folder = join(import.meta.dirname, '..', '..', 'docs', 'images');
const state = join(tmpdir(), `sightline-screenshots-${process.pid}`);
const shot = (page: Page, name: string) =>
  page.screenshot({ path: join(folder, `${name}.jpg`), type: 'jpeg', quality: 82 });

await mkdir(folder, { recursive: true });
const stack = await startStack({
  state,
  parts: ['postgres', 'redis', 'nats', 'livekit', 'cameras', 'caddy'],
  services: Object.fromEntries(serviceNames.map((name) => [name, 1])),
});
const browser = await launchBrowser();
try {
  await seedDemo(stack);
  await startVision(stack, { cores: 1 });
  await (await operator(stack)).post('/api/users', {
    username: 'anna',
    password: 'a password for pictures',
    role: 'administrator',
    areas: [],
  });
  const { page } = await openPage(browser, { width: 1440, height: 810 });
  await page.goto(stack.url);
  await shot(page, 'sign-in');
  await page.getByLabel('User name').fill('anna');
  await page.getByLabel('Password').fill('a password for pictures');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await until('five live tiles', async () => (await page.locator('figure[data-state="live"]').count()) === 5);
  await pause(20_000);
  await shot(page, 'wall');
  await page.locator('figure[data-camera="plaza"]').dblclick();
  await pause(2_000);
  await shot(page, 'one-camera');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Cameras' }).click();
  await page.getByText('Vault, wrong password').waitFor();
  await shot(page, 'cameras');
  console.log(`Pictures are in ${folder}.`);
} finally {
  await browser.close();
  await stack.close();
  await rm(state, { recursive: true, force: true });
}
