/** Pixels that are looked at: enough for the noise of any sensor to show in some of them. */
const [width, height] = [160, 90];
/** Samples that are remembered: an encoder that is given one picture for ever makes a few of it, by turns. */
const remembered = 16;
/** Values that differ by no more are the same (of 255). */
const tolerance = 2;

/** Whether a picture has been seen lately. */
export class Novelty {
  readonly #seen: Uint8ClampedArray[] = [];
  #newAt: number | undefined;

  /** Takes note of a picture's samples at `now` (ms). */
  see(samples: Uint8ClampedArray, now: number): void {
    const known = this.#seen.some((other) => isSame(samples, other));
    if (known && this.#newAt !== undefined) return;
    this.#newAt = now;
    this.#seen.unshift(samples);
    this.#seen.length = Math.min(this.#seen.length, remembered);
  }

  /** For how long no picture has come that was not seen before (ms). */
  sameForMs(now: number): number {
    return this.#newAt === undefined ? 0 : now - this.#newAt;
  }

  reset(): void {
    this.#seen.length = 0;
    this.#newAt = undefined;
  }
}

/** Every channel counts, alpha too: it is the same in all. */
function isSame(one: Uint8ClampedArray, other: Uint8ClampedArray): boolean {
  return one.every((value, index) => Math.abs(value - (other[index] ?? 0)) <= tolerance);
}

const surface = { context: undefined as CanvasRenderingContext2D | null | undefined };

/** Single pixels of the picture that a video shows, unsmoothed, so that its noise is kept. */
export function sampleOf(video: HTMLVideoElement): Uint8ClampedArray | undefined {
  if (surface.context === undefined) {
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width, height });
    surface.context = canvas.getContext('2d', { willReadFrequently: true });
  }
  const { context } = surface;
  if (!context || !video.videoWidth) return undefined;
  context.imageSmoothingEnabled = false;
  context.drawImage(video, 0, 0, width, height);
  return context.getImageData(0, 0, width, height).data;
}
