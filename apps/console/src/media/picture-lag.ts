import { rtpRate, ticksBetween } from '../overlay/rtp.ts';

/**
 * How fast a stream's times and the clock of this computer may part without anything being late: cameras count 30 pictures a
 * second where they take 29.97. What is held back before the ingress for long is told by it, which is stricter.
 */
const drift = 0.002;

/**
 * How far a stream lies behind where it was at its best, from the RTP time of the pictures shown: what it carries beside what
 * has passed meanwhile. Bytes that are held back anywhere on the way show here, however steadily they come.
 */
export class PictureLag {
  #last: { ticks: number; positionMs: number; at: number } | undefined;
  #least = 0;
  #ms = 0;

  /** Takes note of a picture of this RTP time (90 kHz, 32 bits), shown at `now` (ms). */
  see(rtp: number, now: number): void {
    const last = this.#last;
    const positionMs = last ? last.positionMs + (ticksBetween(last.ticks, rtp) * 1_000) / rtpRate : 0;
    const offset = now - positionMs;
    this.#least = last ? Math.min(this.#least + (now - last.at) * drift, offset) : offset;
    this.#last = { ticks: rtp, positionMs, at: now };
    this.#ms = offset - this.#least;
  }

  /** A new stream has a time of its own. */
  reset(): void {
    this.#last = undefined;
    this.#ms = 0;
  }

  /** Milliseconds. */
  get ms(): number {
    return this.#ms;
  }
}
