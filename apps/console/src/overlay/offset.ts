import { laterBy, ticksBetween } from './rtp.ts';
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
/** Time stamps pass through clocks of other rates on their way (ticks). */
const sameTicks = 2;

/**
 * Learns `RTP time = pts + offset`, which is one constant for a track and a worker's session with the camera: from frames
 * whose name stands for one frame only, checked by every later name. A session that began anew contradicts it twice, and a
 * new constant is learned.
 */
export class OffsetLearner {
  #offset: number | undefined;
  #candidate: { offset: number; votes: number } | undefined;
  #doubts = 0;

  get known(): boolean {
    return this.#offset !== undefined;
  }

  /** The displayed frame that was analysed; undefined while nobody can tell. */
  name({ key, ticks }: AnalysedFrame, frames: SeenFrames): Named | undefined {
    const matches = key === undefined ? [] : frames.withKey(key);
    const [only] = matches;
    if (ticks === undefined)
      return matches.length === 1 && only !== undefined ? { rtp: only, checked: true } : undefined;
    const told = this.#byOffset(ticks, key, frames);
    if (told) return told;
    if (only === undefined || matches.length > 1) return undefined;
    this.#vote(ticksBetween(Math.round(ticks) >>> 0, only));
    return { rtp: only, checked: true };
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

/** The frame at an RTP time, give or take what conversions round away. */
export function frameNear(frames: SeenFrames, rtp: number) {
  for (const by of [0, 1, -1, sameTicks, -sameTicks]) {
    const frame = frames.at(laterBy(rtp, by));
    if (frame) return frame;
  }
  return undefined;
}
