import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../../support/until.ts';
import { complaints, page, system } from './site.ts';

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
