import { after, before } from 'node:test';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../../support/browser.ts';
import { operator } from '../../support/client.ts';
import { type System, startSystemWithCameras } from '../../support/system.ts';
import { until } from '../../support/until.ts';

export const password = 'a password for pages';
export let system: System;
export let browser: Browser;
/** The page of an administrator, signed in. */
export let page: Page;
/** What the page has complained of so far. */
export let errors: string[];

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

export const source = (path: string) => ({ main: { url: `rtsp://127.0.0.1:${system.stack.ports.cameras}/${path}` } });

/** An operator's token is short, and these tests are long. */
export const allCameras = async (): Promise<{ name: string; enabled: boolean }[]> =>
  (await (await operator(system.stack)).get('/api/cameras')).body.cameras;
export const tiles = () => page.locator('figure:visible');
export const live = (count: number) =>
  until(`${count} live tiles`, async () => (await page.locator('figure[data-state="live"]').count()) === count);

export async function signIn(on: Page, username: string, secret: string): Promise<void> {
  await on.goto(system.stack.url);
  await on.getByLabel('User name').fill(username);
  await on.getByLabel('Password').fill(secret);
  await on.getByRole('button', { name: 'Sign in' }).click();
  await on.getByRole('heading', { name: 'Wall' }).waitFor({ state: 'attached' });
}

/** What axe finds wrong with the page in a theme (WCAG 2.2, A and AA). */
export async function complaints(theme: 'dark' | 'light'): Promise<string[]> {
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
