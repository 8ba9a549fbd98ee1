import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operator } from '../../support/client.ts';
import { until } from '../../support/until.ts';
import { allCameras, page, source, system } from './site.ts';

test('whoever has an address has a picture: the address in, what is found there shown, saved, played', async () => {
  await page.getByRole('link', { name: 'Cameras' }).first().click();
  await page.getByRole('button', { name: 'Add a camera' }).click();
  await page.getByLabel('RTSP URL').fill(source('pedestrians').main.url);
  await page.keyboard.press('Tab');
  await page.getByText('H264 · 768×576').waitFor();
  await page.getByLabel('Name', { exact: true }).fill('Own camera');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: 'Own camera' }).click();
  await until('it plays', async () => (await page.locator('figure[data-state="live"]:visible').count()) === 1);
  await page.keyboard.press('Escape');
});

test('a list of cameras is imported from a file: first what would happen, then what has', async () => {
  await page.getByRole('link', { name: 'Cameras' }).first().click();
  await page.getByRole('link', { name: 'Import' }).click();
  const before = (await allCameras()).length;
  const lines = ['name,area,url', `Door,Yard,${source('faces').main.url}2`, 'Hall,Cellar,rtsp://10.0.0.1/', 'x'];
  await page
    .getByLabel('Choose a CSV file')
    .setInputFiles({ name: 'cameras.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) });
  await page.getByText('expected the name or id of an area (Yard), got Cellar').waitFor();
  assert.equal((await allCameras()).length, before);
  await page.getByRole('button', { name: 'Register 1 camera' }).click();
  await page.getByText('1 of 1 registered.').waitFor();
  const cameras = await allCameras();
  assert.equal(cameras.length, before + 1);
  assert.ok(cameras.some(({ name }) => name === 'Door'));
});

test('a camera is retired only when nobody takes it back', async () => {
  await (await operator(system.stack)).post('/api/cameras', {
    area: 'yard',
    name: 'Spare',
    sources: source('nowhere'),
  });
  await page.getByRole('link', { name: 'Cameras' }).first().click();
  await page.getByRole('button', { name: 'Actions for Spare' }).click();
  await page.getByRole('menuitem', { name: 'Retire' }).click();
  await page.getByRole('button', { name: 'Retire' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Actions for Spare' }).click();
  await page.getByRole('menuitem', { name: 'Switch off' }).click();
  await page.getByText('Spare is switched off.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await until('it is on', async () => {
    const cameras = await allCameras();
    return cameras.some(({ name, enabled }) => name === 'Spare' && enabled);
  });
});
