import { seedDemo, startVision } from '@sightline/infra/demo';
import type { Stack } from '@sightline/infra/embedded/stack';
import type { Page } from 'playwright-core';
import { launchBrowser, openPage } from '../../tests/support/browser.ts';
import { viewer } from '../../tests/support/client.ts';
import { startSystemWithCameras } from '../../tests/support/system.ts';
import { until } from '../../tests/support/until.ts';

const areas = ['outdoors', 'indoors'];
/** The clock is measured; the others may be late on a busy machine, and the yard drops off by itself. */
const needed = ['clock', 'plaza'];

/** The demo site on real parts, one copy of each service, and its wall in Chromium. */
export interface Stage extends AsyncDisposable {
  stack: Stack;
  page: Page;
}

export async function setStage(): Promise<Stage> {
  const system = await startSystemWithCameras();
  const { stack } = system;
  await seedDemo(stack);
  await startVision(stack);
  await viewer(stack, 'ann', areas);
  const browser = await launchBrowser();
  const { page } = await openPage(browser, { width: 1280, height: 720 });
  await signIn(page, stack.url);
  return {
    stack,
    page,
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await system.end();
    },
  };
}

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('User name').fill('ann');
  await page.getByLabel('Password').fill('the password of ann');
  await page.getByRole('button', { name: 'Sign in' }).click();
  for (const camera of needed) {
    const tile = page.locator(`figure[data-camera="${camera}"]`);
    await until(`${camera} live on the wall`, async () => {
      if ((await tile.getAttribute('data-state')) === 'live') return true;
      throw new Error((await tile.textContent()) ?? '');
    });
  }
}
