import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { serviceNames } from '@sightline/contracts';
import { seedDemo, startVision } from '@sightline/infra/demo';
import { clearState } from '@sightline/infra/embedded/clear';
import { type Stack, startStack } from '@sightline/infra/embedded/stack';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.ts';
import { operator } from '../support/client.ts';
import { until } from '../support/until.ts';

/** Makes the pictures of README and docs from the demo site: `npm run screenshots`. */
const folder = join(import.meta.dirname, '..', '..', 'docs', 'images');
const state = join(tmpdir(), `sightline-screenshots-${process.pid}`);
const password = 'a password for pictures';
const sizes = { desk: { width: 1440, height: 810 }, phone: { width: 390, height: 780 } } as const;

/** Each look of the console, and what it adds to the names of its pictures. */
const looks = [
  { suffix: '', size: sizes.desk, theme: 'dark' },
  { suffix: '-light', size: sizes.desk, theme: 'light' },
  { suffix: '-phone', size: sizes.phone, theme: 'dark' },
] as const;
type Look = (typeof looks)[number];

const shot = (page: Page, name: string) =>
  page.screenshot({ path: join(folder, `${name}.jpg`), type: 'jpeg', quality: 72 });

async function signIn({ url }: Stack, page: Page): Promise<void> {
  await page.goto(url);
  await page.getByLabel('User name').fill('anna');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function photograph(browser: Browser, stack: Stack, { suffix, size, theme }: Look): Promise<void> {
  const { page } = await openPage(browser, size);
  await page.addInitScript((chosen) => localStorage.setItem('sightline.theme', chosen), theme);
  await page.goto(stack.url);
  if (suffix === '') await shot(page, 'sign-in');
  await signIn(stack, page);
  const live = page.locator('figure[data-state="live"]');
  await until('live tiles', async () => (await live.count()) >= (size === sizes.phone ? 2 : 5));
  const boxes = page.locator('canvas:not([data-objects="0"])[data-objects]');
  await until('boxes on more than one picture', async () => (await boxes.count()) > 1);
  const exact = page.getByText('Boxes exact');
  await until('boxes on their frames', async () => (await exact.count()) >= (size === sizes.phone ? 1 : 3));
  await shot(page, `wall${suffix}`);
  await page.goto(`${stack.url}/?camera=plaza`);
  await until('one live camera', async () => (await live.count()) === 1);
  await exact.first().waitFor();
  await shot(page, `one-camera${suffix}`);
  await page.goto(`${stack.url}/cameras/plaza/zones`);
  await until('the picture to draw on', async () => (await live.count()) === 1);
  await page.getByTestId('board').click({ position: { x: size.width / 6, y: size.width / 6 } });
  await shot(page, `zones${suffix}`);
  await page.goto(`${stack.url}/seen?span=all`);
  await page.locator('tr[data-track] img').first().waitFor();
  await shot(page, `seen${suffix}`);
  await page.locator('tr[data-track] button').first().click();
  await page.getByTestId('path').waitFor();
  await until('the picture behind it', async () => (await live.count()) === 1);
  await shot(page, `track${suffix}`);
  await page.keyboard.press('Escape');
  for (const [path, text] of [
    ['cameras', 'Vault, wrong password'],
    ['places', 'Outdoors'],
    ['status', 'Services'],
  ] as const) {
    await page.goto(`${stack.url}/${path}`);
    await page.getByText(text).first().waitFor();
    await shot(page, `${path}${suffix}`);
  }
  await page.context().close();
}

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
  const user = { username: 'anna', password, role: 'administrator', areas: [] };
  await (await operator(stack)).post('/api/users', user);
  const polygon = [
    [0.1, 0.4],
    [0.55, 0.35],
    [0.6, 0.75],
    [0.15, 0.85],
  ];
  const line = { id: 'kerb', name: 'Kerb', from: [0.7, 0.95], to: [0.75, 0.2] };
  const marks = { zones: [{ id: 'crossing', name: 'Crossing', polygon }], lines: [line] };
  await (await operator(stack)).post('/api/cameras/plaza/zones', marks);
  // The worker needs a while until it knows what stands still.
  await pause(15_000);
  for (const look of looks) await photograph(browser, stack, look);
  console.log(`Pictures are in ${folder}.`);
} finally {
  await browser.close();
  await stack.close();
  await clearState(state);
}
