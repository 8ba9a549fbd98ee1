import { laterBy, rtpRate, ticksBetween } from './rtp.ts';
import type { SeenFrames } from './seen-frames.ts';

const msPerTick = 1000 / rtpRate;
/** Recent minima stand for paths without a queue: what is older is forgotten (ms). */
const windowMs = 20_000;
const fewSamples = 4;
/** Spent on the way from the camera (ms), beside the frame that whoever codes a stream anew waits for. */
const onTheWayMs = 12;
/** Clocks that are right may differ by as much (ms). */
const futureMs = 250;

/** The least of the last moments' values. */
export class RecentLeast {
  #values: { at: number; value: number }[] = [];

  add(at: number, value: number): void {
    this.#values = this.#values.filter((each) => at - each.at <= windowMs && each.value < value);
    this.#values.push({ at, value });
  }

  get value(): number | undefined {
    return this.#values[0]?.value;
  }
}

/** A detection's times, each of the clock of who told it (ms). */
export interface DetectionTimes {
  /** By the worker's clock. */
  capturedMs: number;
  /** How wrong that clock may be. */
  clockErrorMs: number;
  /** By the server's clock. */
  receivedMs: number;
  /** By this page's clock. */
  at: number;
  /** Its worker names frames: one that is not found by its name was coded anew on its way. */
  named: boolean;
}

/** When a detection was captured, as an RTP time, and how wrong that may be. */
export interface Estimate {
  rtp: number;
  errorMs: number;
}

/**
 * Ties capture times of one worker to the RTP time of one track, where frames have no common name. The page's clock and
 * the server's are compared by the quickest messages, RTP time and the page's clock by the quickest frames; what is left,
 * the time from the camera to here, is a little, and a frame where the stream was coded anew, unless it has been measured on
 * frames that both sides named.
 */
export class FrameClock {
  readonly #server = new RecentLeast();
  readonly #frames = new RecentLeast();
  #reference: number | undefined;
  #samples = 0;
  #measured: number[] = [];

  addFrame(rtp: number, receivedAt: number): void {
    this.#reference ??= rtp;
    this.#frames.add(receivedAt, receivedAt - ticksBetween(this.#reference, rtp) * msPerTick);
  }

  addDetection({ receivedMs, at }: DetectionTimes): void {
    this.#server.add(at, at - receivedMs);
    this.#samples += 1;
  }

  /** A frame that is known for certain: the difference to what would have been guessed is kept. */
  calibrate(rtp: number, times: DetectionTimes): void {
    const guess = this.#captured(times);
    if (guess === undefined) return;
    this.#measured = [...this.#measured.slice(-99), ticksBetween(guess, rtp) * msPerTick];
  }

  /** Of which frame a capture time is; undefined while too little has come to tell. */
  estimate(times: DetectionTimes, frames: SeenFrames): Estimate | undefined {
    const unmeasured = this.#unmeasured(times, frames);
    const measured = middleOf(this.#measured);
    const guess = this.#captured(times);
    if (!unmeasured || !measured || guess === undefined) return unmeasured;
    return { rtp: laterBy(guess, measured.value / msPerTick), errorMs: Math.round(measured.spread) };
  }

  /**
   * The same by the clocks alone, of a frame that came as it was coded: what was named wrong cannot lead it astray. Undefined
   * too where the worker's clock is seen to be wrong: nothing is captured after it was told.
   */
  witness(times: DetectionTimes, frames: SeenFrames): Estimate | undefined {
    if (times.capturedMs > times.receivedMs + futureMs) return undefined;
    return this.#unmeasured({ ...times, named: false }, frames);
  }

  #unmeasured(times: DetectionTimes, frames: SeenFrames): Estimate | undefined {
    const guess = this.#captured(times);
    const interval = frames.interval();
    if (guess === undefined || interval === undefined || this.#samples < fewSamples) return undefined;
    const pathMs = onTheWayMs + (times.named ? interval * msPerTick : 0);
    return {
      rtp: laterBy(guess, pathMs / msPerTick),
      errorMs: Math.round(interval * msPerTick + times.clockErrorMs),
    };
  }

  /** The bias that was measured (ms), with its spread; undefined when none could be. */
  get bias() {
    return middleOf(this.#measured);
  }

  #captured({ capturedMs }: DetectionTimes): number | undefined {
    const [server, frames] = [this.#server.value, this.#frames.value];
    if (server === undefined || frames === undefined || this.#reference === undefined) return undefined;
    return laterBy(this.#reference, (capturedMs + server - frames) / msPerTick);
  }
}

function middleOf(values: readonly number[]): { value: number; spread: number } | undefined {
  if (values.length < fewSamples) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[sorted.length >> 1] ?? 0;
  const off = sorted.map((each) => Math.abs(each - value)).sort((a, b) => a - b);
  return { value, spread: Math.max(1, off[Math.floor(off.length * 0.95)] ?? 0) };
}
