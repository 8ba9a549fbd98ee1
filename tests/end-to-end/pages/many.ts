import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operator } from '../../support/client.ts';
import { until } from '../../support/until.ts';
import { allCameras, page, source, system } from './site.ts';

test('two hundred cameras and more are listed without drawing them all', async () => {
  const fresh = await operator(system.stack);
  const before = (await allCameras()).length;
  const add = (index: number) =>
    fresh.post('/api/cameras', {
      area: 'yard',
      name: `Many ${index}`,
      enabled: false,
      sources: source('faces'),
    });
  for (let from = 0; from < 220; from += 20)
    await Promise.all(Array.from({ length: 20 }, (_, each) => add(from + each)));
  await page.getByRole('link', { name: 'Cameras' }).first().click();
  await page.getByText(`${before + 220} cameras`).waitFor();
  const rows = await page.locator('tr[data-camera]').count();
  assert.ok(rows > 5 && rows < 100, `${rows} rows`);
  await page.getByLabel('Find a camera').fill('Many 219');
  await until('one row', async () => (await page.locator('tr[data-camera]').count()) === 1);
});
