import { Lag } from '@sightline/timing';
import { rtpRate, ticksBetween } from '../overlay/rtp.ts';

/**
 * How fast a stream's times and the clock of this computer may part without anything being late: cameras count 30 pictures a
 * second where they take 29.97. What is held back before the ingress for long is told by it, which is stricter.
 */
const drift = 0.002;

/** How far a stream lies behind where it was at its best, from the RTP time of the pictures shown. */
export class PictureLag {
  #lag = new Lag({ drift });
  #last: { ticks: number; positionMs: number } | undefined;

  /** Takes note of a picture of this RTP time (90 kHz, 32 bits), shown at `now` (ms). */
  see(rtp: number, now: number): void {
    const last = this.#last ?? { ticks: rtp, positionMs: 0 };
    const positionMs = last.positionMs + (ticksBetween(last.ticks, rtp) * 1_000) / rtpRate;
    this.#last = { ticks: rtp, positionMs };
    this.#lag.see(positionMs, now);
  }

  /** A new stream has a time of its own. */
  reset(): void {
    this.#last = undefined;
    this.#lag = new Lag({ drift });
  }

  /** Milliseconds. */
  get ms(): number {
    return this.#lag.ms;
  }
}
