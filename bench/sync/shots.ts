import { setTimeout as pause } from 'node:timers/promises';
import type { Page, PageScreenshotOptions } from 'playwright-core';
import { until } from '../../tests/support/until.ts';
import { percentile } from '../lib/statistics.ts';

export const tileOf = (page: Page, camera = 'clock') => page.locator(`figure[data-camera="${camera}"]`);

/** A composited picture of the tile, and when it was taken (wall clock, ms). */
export interface Shot {
  at: number;
  png: Buffer;
}

/** What a picture shows: the burned-in clock (low 32 bits of ms), and the left side of the box in pixels of the camera's picture. */
export interface Reading {
  at: number;
  clock: number;
  boxLeft: number | undefined;
  /** The box is said to be carried on beyond what AI saw. */
  dashed: boolean;
}

/** The age of pictures holds still when a second of them is as old as the two before it, to less than a frame (ms). */
const steadyMs = 30;

/** Switches to a way of watching; the one that a page begins with is kept with the account. */
export async function watch(page: Page, way: 'live' | 'exact'): Promise<void> {
  const button = page.getByRole('button', { name: 'Exact' });
  await until(`the ${way} way of watching`, async () => {
    if ((await button.getAttribute('aria-pressed')) === String(way === 'exact')) return true;
    await button.click();
    return false;
  });
}

/** Waits until the browser no longer changes by how much it holds pictures back; fails after a minute and a half. */
export async function settled(page: Page): Promise<void> {
  const ages: number[] = [];
  await until(
    'pictures of an age that holds still',
    async () => {
      const readings = await readShots(page, await takeShots(page, 1));
      ages.push(medianAge(readings));
      const last = ages.slice(-3);
      return last.length === 3 && Math.max(...last) - Math.min(...last) < steadyMs;
    },
    90_000,
  );
}

/** How old pictures were when they were taken (ms, median). */
export const medianAge = (readings: readonly Reading[]): number =>
  percentile(
    readings.map(({ at, clock }) => (at % 2 ** 32) - clock),
    0.5,
  );

/** Takes pictures of what the browser has composited, one after the other. */
export async function takeShots(page: Page, seconds: number, camera = 'clock'): Promise<Shot[]> {
  const clip = await tileOf(page, camera).locator('video').boundingBox();
  if (!clip) throw new Error(`Expected the tile of camera ${camera}, got none.`);
  const shots: Shot[] = [];
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until) {
    shots.push(await takeShot(page, clip));
    await pause(20 + Math.random() * 40);
  }
  return shots;
}

/** Takes one picture of a part of the page. */
export async function takeShot(page: Page, clip: NonNullable<PageScreenshotOptions['clip']>): Promise<Shot> {
  const at = performance.timeOrigin + performance.now();
  return { at, png: await page.screenshot({ clip, scale: 'css' }) };
}

/** Reads pictures by their pixels alone: nothing that Sightline says of itself goes into this. */
export async function readShots(page: Page, shots: readonly Shot[]): Promise<Reading[]> {
  const readings: Reading[] = [];
  for (const { at, png } of shots) {
    const { boxLeft, ...read } = await page.evaluate(readShot, png.toString('base64'));
    readings.push({ at, ...read, boxLeft: boxLeft ?? undefined });
  }
  return readings;
}

/** In the page. The clock's bars are 20 pixels of 1280 wide; the box is yellow, around rows 300 to 380 of 720. */
async function readShot(base64: string): Promise<{ clock: number; boxLeft: number | null; dashed: boolean }> {
  const image = new Image();
  image.src = `data:image/png;base64,${base64}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const scale = Math.min(image.width / 1280, image.height / 720);
  const [width, height] = [Math.round(1280 * scale), Math.round(720 * scale)];
  [canvas.width, canvas.height] = [width, height];
  context?.drawImage(image, -(image.width - 1280 * scale) / 2, -(image.height - 720 * scale) / 2);
  const row = (y: number) => context?.getImageData(0, Math.round(y * scale), width, 1).data ?? new Uint8ClampedArray();
  const bars = row(20);
  let clock = 0;
  for (let bit = 0; bit < 32; bit += 1)
    clock = clock * 2 + ((bars[Math.round((bit * 20 + 10) * scale) * 4] ?? 0) > 120 ? 1 : 0);
  const weights = new Map<number, number>();
  const rows = Array.from({ length: 23 }, (_, index) => 318 + index * 2);
  const reached = rows.map((y) => {
    const line = row(y);
    const columns: number[] = [];
    for (let x = 0; x < width; x += 1) {
      const [red = 0, green = 0, blue = 0] = line.subarray(x * 4, x * 4 + 3);
      const yellow = Math.min(red, green) - blue;
      if (yellow > 70) {
        columns.push(x);
        weights.set(x, (weights.get(x) ?? 0) + yellow);
      }
    }
    return columns;
  });
  const columns = [...weights.keys()].sort((a, b) => a - b);
  const [first] = columns;
  if (first === undefined) return { clock, boxLeft: null, dashed: false };
  const side = columns.filter((x) => x - first < 20 * scale);
  const sum = side.reduce((total, x) => total + (weights.get(x) ?? 0), 0);
  const middle = side.reduce((total, x) => total + (x + 0.5) * (weights.get(x) ?? 0), 0) / sum;
  const whole = reached.filter((each) => each.some((x) => side.includes(x)));
  return { clock, boxLeft: middle / scale, dashed: whole.length < rows.length * 0.9 };
}
