import type { Page } from 'playwright-core';

/** How old each displayed picture was when it was shown (ms), with when that was (wall clock, ms). */
export interface Sample {
  at: number;
  age: number;
}

/**
 * Reads the burned-in clock of every picture that a page shows, in videos and in the old way's canvases alike: both are
 * copied to a small canvas and read there, so that the reading costs both the same.
 */
export async function startMeter(page: Page): Promise<void> {
  await page.evaluate(() => {
    const samples: { at: number; age: number }[] = [];
    const small = document.createElement('canvas');
    [small.width, small.height] = [640, 40];
    const context = small.getContext('2d', { willReadFrequently: true });
    const last = new WeakMap<Element, number>();
    const read = (picture: HTMLVideoElement | HTMLCanvasElement) => {
      context?.drawImage(picture, 0, 0);
      const data = context?.getImageData(0, 20, 640, 1).data;
      let clock = 0;
      for (let bit = 0; bit < 32; bit += 1) clock = clock * 2 + ((data?.[(bit * 20 + 10) * 4] ?? 0) > 120 ? 1 : 0);
      const at = performance.timeOrigin + performance.now();
      const age = (at % 2 ** 32) - clock;
      if (last.get(picture) === clock || age < 0 || age > 60_000) return;
      last.set(picture, clock);
      samples.push({ at, age });
    };
    Object.assign(window, { samples, onPicture: read });
    for (const video of document.querySelectorAll('video')) {
      const next = () => {
        read(video);
        video.requestVideoFrameCallback(next);
      };
      video.requestVideoFrameCallback(next);
    }
  });
}

/** The samples since the last call. */
export const takeSamples = (page: Page): Promise<Sample[]> =>
  page.evaluate(() => (Reflect.get(window, 'samples') as Sample[]).splice(0));
