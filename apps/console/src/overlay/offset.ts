import type { Estimate } from './frame-clock.ts';
import { laterBy, rtpRate, ticksBetween } from './rtp.ts';
import type { SeenFrames } from './seen-frames.ts';

/** What a worker says of the frame that it analysed. */
export interface AnalysedFrame {
  key: string | undefined;
  /** Time stamp of the worker's own session with the camera, in RTP ticks. */
  ticks: number | undefined;
}

/** Which displayed frame that is. `checked`: its name is the same. */
export interface Named {
  rtp: number;
  checked: boolean;
}

/** So many single frames have to agree before they are believed, and to disagree before they are not. */
const enough = 2;
/** Beside their error, clocks are believed to be so wrong (ms). */
const clocksMs = 100;
/** Time stamps pass through clocks of other rates on their way (ticks). */
const sameTicks = 2;

/**
 * Learns `RTP time = pts + offset`, which is one constant for a track and a worker's session with the camera: from frames
 * whose name stands for one frame only, or for some so far apart that clocks cannot mistake them, checked by every later
 * name. A session that began anew contradicts it twice, and a new constant is learned.
 */
export class OffsetLearner {
  #offset: number | undefined;
  #candidate: { offset: number; votes: number } | undefined;
  #doubts = 0;

  get known(): boolean {
    return this.#offset !== undefined;
  }

  /** The displayed frame that was analysed; undefined while nobody can tell. `about`: where the clocks expect it. */
  name(
    { key, ticks }: AnalysedFrame,
    frames: SeenFrames,
    about: () => Estimate | undefined = () => undefined,
  ): Named | undefined {
    const told = ticks === undefined ? undefined : this.#byOffset(ticks, key, frames);
    if (told) return told;
    const one = theOne(key === undefined ? [] : frames.withKey(key), about);
    if (one === undefined) return undefined;
    if (ticks !== undefined) this.#vote(ticksBetween(Math.round(ticks) >>> 0, one));
    return { rtp: one, checked: true };
  }

  #byOffset(ticks: number, key: string | undefined, frames: SeenFrames): Named | undefined {
    if (this.#offset === undefined) return undefined;
    const expected = laterBy(ticks, this.#offset);
    const frame = frameNear(frames, expected);
    if (!frame || key === undefined || frame.key === undefined) return { rtp: frame?.rtp ?? expected, checked: false };
    if (frame.key === key) {
      this.#doubts = 0;
      return { rtp: frame.rtp, checked: true };
    }
    this.#doubts += 1;
    if (this.#doubts >= enough) this.forget();
    return undefined;
  }

  #vote(offset: number): void {
    const agrees = this.#candidate && Math.abs(this.#candidate.offset - offset) <= sameTicks;
    this.#candidate = { offset, votes: agrees && this.#candidate ? this.#candidate.votes + 1 : 1 };
    if (this.#candidate.votes < enough) return;
    this.#offset = offset;
    this.#doubts = 0;
  }

  forget(): void {
    this.#offset = undefined;
    this.#candidate = undefined;
    this.#doubts = 0;
  }
}

/** Of equal frames the clocks choose, where they cannot mistake the nearest for the next. */
function theOne(equal: readonly number[], about: () => Estimate | undefined): number | undefined {
  if (equal.length < 2) return equal[0];
  const estimate = about();
  if (!estimate) return undefined;
  const far = (rtp: number) => Math.abs(ticksBetween(estimate.rtp, rtp));
  const [nearest = 0, next = 0] = [...equal].sort((a, b) => far(a) - far(b));
  const wrongBy = ((estimate.errorMs + clocksMs) * rtpRate) / 1000;
  return far(nearest) <= wrongBy && far(next) > 2 * wrongBy ? nearest : undefined;
}

/** The frame at an RTP time, give or take what conversions round away. */
export function frameNear(frames: SeenFrames, rtp: number) {
  for (const by of [0, 1, -1, sameTicks, -sameTicks]) {
    const frame = frames.at(laterBy(rtp, by));
    if (frame) return frame;
  }
  return undefined;
}
