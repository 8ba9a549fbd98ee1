import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { execa } from 'execa';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.ts';
import { type Client, operator, viewer } from '../support/client.ts';
import { readPainted } from '../support/picture.ts';
import { type System, startSystemWithCameras } from '../support/system.ts';
import { until } from '../support/until.ts';

let system: System;
let browser: Browser;
let administrator: Client;

before(async () => {
  system = await startSystemWithCameras();
  browser = await launchBrowser();
  administrator = await operator(system.stack);
  await administrator.post('/api/sites', { id: 'demo', name: 'Demo' });
  for (const area of ['yard', 'safe']) await administrator.post('/api/areas', { id: area, site: 'demo', name: area });
});

after(async () => {
  await browser?.close();
  await system?.end();
});

const source = (path: string) => ({ main: { url: `rtsp://127.0.0.1:${system.stack.ports.cameras}/${path}` } });
const register = (id: string, area: string, path: string) =>
  administrator.post('/api/cameras', { id, area, name: id, sources: source(path) });

async function openAs(username: string, areas: string[]): Promise<Page> {
  await viewer(system.stack, username, areas);
  const { page } = await openPage(browser);
  await page.goto(system.stack.url);
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password').fill(`the password of ${username}`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  return page;
}

const state = (page: Page, camera: string) =>
  page.locator(`figure[data-camera="${camera}"]`).getAttribute('data-state', { timeout: 1_000 });

test('a camera that is registered over HTTP appears and plays, a retired one goes, without a reload', async () => {
  const page = await openAs('ann', ['yard']);
  await page.getByText('There is nothing for you to see yet.').waitFor();
  assert.equal((await register('gate', 'yard', 'pedestrians')).status, 201);
  await until('the gate plays', async () => (await state(page, 'gate')) === 'live');
  assert.equal((await administrator.post('/api/cameras/gate/retire')).status, 200);
  await page.getByText('There is nothing for you to see yet.').waitFor();
  await page.context().close();
});

test('a viewer sees the cameras of his areas with what is marked in their pictures, and no tile of another', async () => {
  await register('court', 'yard', 'pedestrians');
  await register('treasure', 'safe', 'faces');
  const page = await openAs('bob', ['yard']);
  await until('the court plays', async () => (await state(page, 'court')) === 'live');
  assert.equal(await page.locator('figure').count(), 1);
  assert.equal(await page.getByTestId('marks').count(), 0);
  const polygon = [
    [0.1, 0.5],
    [0.4, 0.5],
    [0.4, 0.9],
  ];
  const line = { id: 'kerb', name: 'Kerb', from: [0, 0.6], to: [1, 0.7] };
  await administrator.post('/api/cameras/court/zones', {
    zones: [{ id: 'gate', name: 'Gate', polygon }],
    lines: [line],
  });
  await page.getByTestId('marks').getByText('Gate').waitFor();
  await page.getByTestId('marks').getByText('Kerb').waitFor();
  await page.context().close();
});

test("ten lines of redis-cli with the JSMpeg system's flat form draw a box", async () => {
  await register('cam7', 'yard', 'clock');
  const page = await openAs('cid', ['yard']);
  await until('cam7 plays', async () => (await state(page, 'cam7')) === 'live');
  const { ports, secrets } = system.stack;
  const script = `
    for i in $(seq 100); do
      t=$(date +%s.%N)
      "$CLI" -p ${ports.redis} --user worker XADD detections '*' data \\
        '{"camera_id":"cam7","timestamp":'$t',"type":"person","bbox":[320,180,160,360],"track_id":1,"confidence":0.9,"name":null,"frame_width":1280,"frame_height":720}' >/dev/null
      sleep 0.1
    done`;
  const cli = join(import.meta.dirname, '..', '..', '.tools', 'bin', 'redis-cli');
  const worker = execa('sh', ['-c', script], {
    env: { CLI: cli, REDISCLI_AUTH: secrets.redis.worker ?? '' },
    reject: false,
  });
  const overlay = page.locator('figure[data-camera="cam7"] canvas');
  const drawn = await until('a drawn box', async () => (await readPainted(overlay, [86, 180, 233])).reach);
  worker.kill();
  await worker;
  assert.ok(Math.abs(drawn.left - 0.25) < 0.03 && Math.abs(drawn.right - 0.375) < 0.1, JSON.stringify(drawn));
  await page.context().close();
});
