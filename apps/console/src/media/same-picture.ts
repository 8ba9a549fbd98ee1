import { currentPicture } from './video-frame.ts';

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

function isSame(one: Uint8ClampedArray, other: Uint8ClampedArray): boolean {
  for (let index = 0; index < one.length; index += 1) {
    if (Math.abs((one[index] ?? 0) - (other[index] ?? 0)) > tolerance) return false;
  }
  return true;
}

/** Brightness of single pixels of the picture that a video shows, unsmoothed, so that its noise is kept. */
export async function sampleOf(video: HTMLVideoElement): Promise<Uint8ClampedArray | undefined> {
  const frame = currentPicture(video)?.frame;
  try {
    // Such a frame begins with its brightness: copied as it is, it need not be turned into colours first.
    const luma = frame?.format === 'I420' || frame?.format === 'NV12';
    return frame && luma ? await lumaOf(frame) : drawnSampleOf(video);
  } finally {
    frame?.close();
  }
}

/** A copy of a whole picture is large: what one sample has used, another one uses again. */
const spare: Uint8Array<ArrayBuffer>[] = [];

async function lumaOf(frame: VideoFrame): Promise<Uint8ClampedArray> {
  const size = frame.allocationSize();
  const used = spare.pop();
  const copy = used && used.length >= size ? used : new Uint8Array(size);
  const [{ offset, stride } = { offset: 0, stride: 0 }] = await frame.copyTo(copy);
  const { width: columns = 0, height: rows = 0 } = frame.visibleRect ?? {};
  const samples = new Uint8ClampedArray(width * height);
  for (let index = 0; index < samples.length; index += 1) {
    const row = Math.floor((Math.floor(index / width) * rows) / height);
    samples[index] = copy[offset + row * stride + Math.floor(((index % width) * columns) / width)] ?? 0;
  }
  spare.push(copy);
  return samples;
}

const surface = { context: undefined as CanvasRenderingContext2D | null | undefined };

/** The same by a canvas, of all colours. */
function drawnSampleOf(video: HTMLVideoElement): Uint8ClampedArray | undefined {
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
