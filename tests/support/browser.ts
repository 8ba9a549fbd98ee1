import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

const program = join(import.meta.dirname, '..', '..', '.tools', 'bin', 'chromium');
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

/** How a real, headless Chromium is started. */
export const browserOptions = { executablePath: program, args: flags };

export const launchBrowser = (): Promise<Browser> => chromium.launch(browserOptions);

/** A page of its own session; `errors` gathers what the console complains of. */
export async function openPage(
  browser: Browser,
  size = { width: 1600, height: 900 },
): Promise<{ page: Page; errors: string[] }> {
  const context = await browser.newContext({ viewport: size });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  return { page, errors };
}
