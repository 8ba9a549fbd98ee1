import type { Stack } from '@sightline/infra/embedded/stack';
import type { Page } from 'playwright-core';
import { type Client, operator } from '../../tests/support/client.ts';
import { until } from '../../tests/support/until.ts';
import { oldWay } from '../video/ways.ts';

/** A wall of so many tiles, ready to be opened. */
export interface Wall {
  tiles: number;
  /** Frames a second that reach the browser, for each tile. */
  rate: number;
  /** Signs in where that is needed; nothing is shown yet. */
  prepare(page: Page): Promise<void>;
  url: string;
  /** Whether every tile plays; runs in the page, given the number of tiles. */
  playing: (tiles: number) => boolean;
  /** Frames shown so far by all tiles; runs in the page. */
  shown: () => number;
  /** How wide a picture is shown (px); runs in the page. */
  width: () => number;
  stop(): Promise<void>;
}

const pathOf = (camera: number) => (camera === 0 ? 'sub' : `sub${camera + 1}`);
const pathsFor = (tiles: number) => Array.from({ length: tiles }, (_, camera) => pathOf(camera));

/** What JSMpeg's own manual gives 640x480 (1000k), for as many pixels as there are here. */
const bitrate = '750k';

/** As many JSMpeg players, each picture as wide (px) as the console shows it. */
export async function oldWall(stack: Stack, tiles: number, width: number): Promise<Wall> {
  const way = await oldWay(stack, { paths: pathsFor(tiles), bitrate, width });
  return {
    tiles,
    rate: 30,
    url: way.url,
    prepare: () => Promise.resolve(),
    playing: (count) => document.querySelectorAll('canvas[data-playing]').length === count,
    shown: () => Number(Reflect.get(window, 'pictures')),
    width: () => document.querySelector('canvas')?.clientWidth ?? 0,
    stop: way.stop,
  };
}

/** The console, with so many cameras switched on and a wall of so many places. */
export async function ourWall(stack: Stack, tiles: number): Promise<Wall> {
  const administrator = await operator(stack);
  await switchCameras(administrator, tiles, 'enable');
  await until(`${tiles} cameras live`, () => allLive(administrator, tiles));
  return {
    tiles,
    rate: 15,
    url: stack.url,
    prepare: (page) => prepareConsole(page, stack.url, tiles),
    playing: (count) => document.querySelectorAll('figure[data-state="live"]').length === count,
    shown: () =>
      [...document.querySelectorAll('video')]
        .map((video) => video.getVideoPlaybackQuality())
        .reduce((sum, { totalVideoFrames, droppedVideoFrames }) => sum + totalVideoFrames - droppedVideoFrames, 0),
    width: () => {
      const video = document.querySelector('video');
      return video ? Math.min(video.clientWidth, (video.clientHeight * 16) / 9) : 0;
    },
    stop: async () => switchCameras(await operator(stack), tiles, 'disable'),
  };
}

async function switchCameras(administrator: Client, tiles: number, verb: 'enable' | 'disable'): Promise<void> {
  for (const id of pathsFor(tiles)) await administrator.post(`/api/cameras/${id}/${verb}`);
}

async function allLive(administrator: Client, tiles: number): Promise<boolean> {
  const { cameras } = (await administrator.get('/api/cameras')).body;
  return cameras.filter(({ feed }: { feed?: { state: string } }) => feed?.state === 'live').length === tiles;
}

async function prepareConsole(page: Page, url: string, tiles: number): Promise<void> {
  await page.goto(url);
  await page.getByLabel('User name').fill('bench');
  await page.getByLabel('Password').fill('a viewer of benches');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Wall' }).waitFor({ state: 'attached' });
  const saved = await page.request.put(`${url}/api/session/preferences`, {
    headers: { origin: url },
    data: { places: tiles },
  });
  if (!saved.ok()) throw new Error(`the wall's places were not saved: ${await saved.text()}`);
  await page.goto('about:blank');
}
