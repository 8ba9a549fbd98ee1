import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { openPage } from '../../tests/support/browser.ts';
import { familyOf } from '../lib/processes.ts';

const program = join(import.meta.dirname, '..', '..', '.tools', 'bin', 'chromium');

/** A viewer in a browser of his own, which can be stopped as a whole, as when a laptop is closed. */
export interface Freezable {
  page: Page;
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

export async function launchFreezable(): Promise<Freezable> {
  const server = await chromium.launchServer({
    executablePath: program,
    args: ['--no-sandbox', '--disable-gpu', '--autoplay-policy=no-user-gesture-required'],
  });
  const browser = await chromium.connect(server.wsEndpoint());
  const { page } = await openPage(browser, { width: 1000, height: 320 });
  const signal = (name: 'SIGSTOP' | 'SIGCONT') => {
    for (const pid of familyOf(server.process().pid ?? 0)) process.kill(pid, name);
  };
  return {
    page,
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}
