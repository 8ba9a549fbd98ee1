import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { until } from '../../tests/support/until.ts';
import { gapsOf, missedAfterMs, type Shown } from './gaps.ts';

/** A box that is not seen for longer than this is gone (ms): AI looks at several cameras by turns. */
export const boxesGoneAfterMs = 1_500;
const steadyMs = 2_500;

interface Seen {
  pictures: Shown[];
  boxes: number[];
}

/** What a page shows of the clock camera, read from pixels: its burned-in clock, and whether boxes are drawn on it. */
export class Watch {
  readonly #page: Page;
  readonly pictures: Shown[] = [];
  /** Moments at which boxes were seen (ms, wall clock). */
  readonly boxes: number[] = [];
  reloads = 0;

  private constructor(page: Page) {
    this.#page = page;
  }

  static async start(page: Page): Promise<Watch> {
    const watch = new Watch(page);
    await page.evaluate(watchClock);
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) watch.reloads += 1;
    });
    return watch;
  }

  /** Whether nobody has been asked to sign in again. */
  async signedIn(): Promise<boolean> {
    return (await this.#page.getByLabel('Password').count()) === 0;
  }

  /** Fetches what was seen since the last time. Throws when the page is another than the one that was opened. */
  async look(): Promise<void> {
    const seen = await this.#page.evaluate(() => {
      const all = Reflect.get(window, 'seen') as Seen | undefined;
      return all && { pictures: all.pictures.splice(0), boxes: all.boxes.splice(0) };
    });
    if (!seen) throw new Error('the page was loaded anew: what it had seen is gone');
    this.pictures.push(...seen.pictures);
    this.boxes.push(...seen.boxes);
  }

  /** Goes on watching for so long (ms). */
  async watch(ms: number): Promise<void> {
    await pause(ms);
    await this.look();
  }

  /** Resolves to whether pictures and boxes came steadily before `patienceMs` had passed. */
  async steady(patienceMs: number): Promise<boolean> {
    const steady = async () => {
      await this.look();
      const end = Date.now();
      const span = { start: end - steadyMs, end };
      const pictures = this.pictures.slice(-60).map(({ at }) => at);
      return (
        gapsOf(pictures, span, missedAfterMs).length === 0 &&
        gapsOf(this.boxes.slice(-60), span, boxesGoneAfterMs).length === 0
      );
    };
    return until('pictures and boxes', steady, patienceMs).catch(() => false);
  }
}

/** Runs in the page. */
function watchClock(): void {
  const video = document.querySelector<HTMLVideoElement>('figure[data-camera="clock"] video');
  const surface = (width: number, height: number) => {
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width, height });
    return canvas.getContext('2d', { willReadFrequently: true });
  };
  const [barcode, small] = [surface(640, 40), surface(96, 54)];
  if (!video || !barcode || !small) throw new Error('no clock camera on this page');
  const seen: Seen = { pictures: [], boxes: [] };
  Object.assign(window, { seen });
  const now = () => performance.timeOrigin + performance.now();
  const read = () => {
    barcode.drawImage(video, 0, 0);
    const { data } = barcode.getImageData(0, 20, 640, 1);
    let clock = 0;
    for (let bit = 0; bit < 32; bit += 1) clock = clock * 2 + ((data[(bit * 20 + 10) * 4] ?? 0) > 120 ? 1 : 0);
    const at = now();
    const age = (at % 2 ** 32) - clock;
    if (age >= 0 && age < 60_000) seen.pictures.push({ at, capturedAt: at - age });
    video.requestVideoFrameCallback(read);
  };
  video.requestVideoFrameCallback(read);
  setInterval(() => {
    // Another one takes its place when its painting worker has died.
    const overlay = document.querySelector<HTMLCanvasElement>('figure[data-camera="clock"] canvas');
    if (!overlay || overlay.width === 0 || getComputedStyle(overlay).visibility === 'hidden') return;
    small.clearRect(0, 0, 96, 54);
    small.drawImage(overlay, 0, 0, 96, 54);
    const { data } = small.getImageData(0, 0, 96, 54);
    if (data.some((value, index) => index % 4 === 3 && value > 0)) seen.boxes.push(now());
  }, 200);
}
