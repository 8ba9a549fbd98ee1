import { frameNear } from './offset.ts';
import { laterBy, ticksBetween } from './rtp.ts';
import type { SeenFrames } from './seen-frames.ts';

/** So many frames in a row have to lie as far apart here as there: four differences. */
const inARow = 5;
const mostMisses = 3;

/**
 * Learns the offset of a stream that was coded anew on its way: names differ then, but time stamps stay as far apart as
 * they were. Where frames come evenly many offsets fit, and the one nearest to what the clocks say is taken.
 */
export class Differences {
  #ticks: number[] = [];
  #offset: number | undefined;
  #misses = 0;

  /** The displayed frame of a time stamp; `about`: where the clocks expect it. */
  find(ticks: number, frames: SeenFrames, about: number | undefined): number | undefined {
    this.#ticks = [...this.#ticks.filter((each) => each !== ticks).slice(1 - inARow), ticks];
    if (this.#offset !== undefined) {
      const expected = laterBy(ticks, this.#offset);
      const { newest } = frames;
      if (frameNear(frames, expected) || (newest && ticksBetween(newest.rtp, expected) > 0)) this.#misses = 0;
      else this.#misses += 1;
      if (this.#misses < mostMisses) return expected;
      this.#offset = undefined;
    }
    this.#offset = this.#learn(ticks, frames, about);
    this.#misses = 0;
    return this.#offset === undefined ? undefined : laterBy(ticks, this.#offset);
  }

  #learn(ticks: number, frames: SeenFrames, about: number | undefined): number | undefined {
    if (this.#ticks.length < inARow) return undefined;
    const here = Math.round(ticks) >>> 0;
    const fitting = [...frames.all()]
      .map(({ rtp }) => rtp)
      .filter((rtp) => this.#ticks.every((each) => frameNear(frames, laterBy(rtp, each - ticks)) !== undefined));
    const [first] = fitting;
    if (first === undefined) return undefined;
    if (fitting.length === 1) return ticksBetween(here, first);
    if (about === undefined) return undefined;
    const far = (rtp: number) => Math.abs(ticksBetween(about, rtp));
    return ticksBetween(
      here,
      fitting.reduce((best, each) => (far(each) < far(best) ? each : best)),
    );
  }
}
