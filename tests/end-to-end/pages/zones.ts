import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operator } from '../../support/client.ts';
import { until } from '../../support/until.ts';
import { complaints, errors, page, system } from './site.ts';

test('a zone is drawn by pointer and a line by keys, saved, and stand on the wall and in the API', async () => {
  await page.getByRole('link', { name: 'Cameras' }).first().click();
  await page.getByRole('button', { name: 'Actions for pedestrians' }).click();
  await page.getByRole('menuitem', { name: 'Zones and lines' }).click();
  await page.locator('figure[data-state="live"]').waitFor();
  await page.getByRole('button', { name: 'Add a zone' }).click();
  const board = page.getByTestId('board');
  const { width, height } = await until('the board', async () => (await board.boundingBox()) ?? false);
  for (const [x, y] of [
    [0.2, 0.4],
    [0.6, 0.4],
    [0.6, 0.8],
    [0.2, 0.4],
  ] as const)
    await board.click({ position: { x: x * width, y: y * height } });
  await page.getByLabel('Zone', { exact: true }).fill('Gate');
  await page.getByRole('button', { name: 'Add a line' }).press('Enter');
  for (const key of ['Space', 'Shift+ArrowRight', 'Space']) await page.keyboard.press(key);
  await page.getByLabel('Line', { exact: true }).fill('Kerb');
  for (const theme of ['light', 'dark'] as const) assert.deepEqual(await complaints(theme), [], theme);
  await page.getByRole('link', { name: 'Wall' }).first().click();
  await page.getByRole('button', { name: 'Stay' }).click();
  await page.getByRole('button', { name: 'Delete Kerb' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('All is saved.').waitFor();
  const { zones, lines } = (await (await operator(system.stack)).get('/api/cameras/pedestrians')).body;
  assert.deepEqual(
    [zones[0].name, zones[0].polygon.length, lines[0].name, zones.length, lines.length],
    ['Gate', 3, 'Kerb', 1, 1],
  );
  await page.getByRole('link', { name: 'Wall' }).first().click();
  await page.getByTestId('marks').getByText('Gate').waitFor();
  await page.getByTestId('marks').getByText('Kerb').waitFor();
});

test('zones that somebody else has changed in the meantime are not lost without a question', async () => {
  await page.goto(`${system.stack.url}/cameras/clock/zones`);
  await page.getByRole('button', { name: 'Add a line' }).press('Enter');
  for (const key of ['Space', 'Shift+ArrowDown', 'Space']) await page.keyboard.press(key);
  const line = { id: 'theirs', name: 'Theirs', from: [0, 0.6], to: [1, 0.7] };
  await (await operator(system.stack)).post('/api/cameras/clock/zones', { zones: [], lines: [line] });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('changed by somebody else').waitFor();
  await page.getByRole('button', { name: 'Take theirs' }).click();
  await until('theirs stands there', async () => {
    const name = page.getByLabel('Line', { exact: true });
    return (await name.count()) === 1 && (await name.inputValue()) === 'Theirs';
  });
  errors.splice(0, errors.length, ...errors.filter((error) => !error.includes('409')));
});
