import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const root = join(import.meta.dirname, '..', '..');
const origin = 'http://sources.test';

/** Opens an empty page that can import the repository's own sources, without their types, and imports one of them. */
export async function openSource(page: Page, path: string): Promise<void> {
  await page.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: '<!doctype html><body>' });
    const source = await readFile(join(root, pathname), 'utf8').catch(() => undefined);
    if (source === undefined) return route.fulfill({ status: 404 });
    return route.fulfill({ contentType: 'text/javascript', body: stripTypeScriptTypes(source) });
  });
  await page.goto(origin);
  await page.addScriptTag({ type: 'module', url: `${origin}/${path}` });
}
