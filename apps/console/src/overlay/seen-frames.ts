import type { NamedFrame } from '../media/named-frame.ts';
import { rtpRate, ticksBetween } from './rtp.ts';

/** How long frames are remembered: longer than any AI is late (ticks). */
const windowTicks = 20 * rtpRate;
const fewFrames = 8;
/** After a gap as long as that frames were missed, whatever the camera's rate (ticks). */
const gapTicks = 2 * rtpRate;
/** Footage that loops has begun anew by then, mostly (ticks). */
const turnTicks = 10 * rtpRate;

/** The frames of one track that came lately, by RTP time and by name. */
export class SeenFrames {
  readonly #byRtp = new Map<number, NamedFrame>();
  readonly #byKey = new Map<string, readonly number[]>();
  #newest: NamedFrame | undefined;
  #since: number | undefined;
  /** Names that more than one frame has. */
  #repeated = 0;

  add(frame: NamedFrame): void {
    if (this.#newest && Math.abs(ticksBetween(this.#newest.rtp, frame.rtp)) > windowTicks) this.clear();
    if (!this.#newest || ticksBetween(this.#newest.rtp, frame.rtp) > gapTicks) this.#since = frame.rtp;
    this.#byRtp.set(frame.rtp, frame);
    if (frame.key !== undefined) this.#setKey(frame.key, [...this.withKey(frame.key), frame.rtp]);
    this.#newest = frame;
    for (const [rtp, old] of this.#byRtp) {
      if (ticksBetween(rtp, frame.rtp) <= windowTicks) break;
      this.#forget(old);
    }
  }

  clear(): void {
    this.#byRtp.clear();
    this.#byKey.clear();
    this.#repeated = 0;
    this.#newest = undefined;
  }

  get newest(): NamedFrame | undefined {
    return this.#newest;
  }

  /** Whether all frames came from so many ticks before an RTP time on, as far as is remembered. */
  wholeFrom(rtp: number, ticks: number): boolean {
    return this.#since !== undefined && ticksBetween(this.#since, rtp) >= ticks;
  }

  /** Whether a frame of this RTP time would be among those that are remembered, or come up to `ahead` ticks after the newest. */
  within(rtp: number, ahead: number): boolean {
    const [oldest] = this.#byRtp.keys();
    if (oldest === undefined || !this.#newest) return false;
    return ticksBetween(oldest, rtp) >= 0 && ticksBetween(this.#newest.rtp, rtp) <= ahead;
  }

  at(rtp: number): NamedFrame | undefined {
    return this.#byRtp.get(rtp);
  }

  /** RTP times of all frames of that name: a scene that stands still repeats names. */
  withKey(key: string): readonly number[] {
    return this.#byKey.get(key) ?? [];
  }

  /** Whether a name stands for one frame only: none has come twice among those of ten seconds or more. */
  get unlike(): boolean {
    return this.#repeated === 0 && this.#byRtp.size * (this.interval() ?? 0) >= turnTicks;
  }

  /** All of them, oldest first. */
  all(): Iterable<NamedFrame> {
    return this.#byRtp.values();
  }

  /** The usual ticks from frame to frame; undefined before there are enough to tell. */
  interval(): number | undefined {
    const times = [...this.#byRtp.keys()].slice(-31);
    if (times.length < fewFrames) return undefined;
    const gaps = times.slice(1).map((rtp, index) => ticksBetween(times[index] ?? rtp, rtp));
    return gaps.sort((a, b) => a - b)[gaps.length >> 1];
  }

  /** The frame nearest to an RTP time, no further than `within` ticks. */
  nearest(rtp: number, within: number): number | undefined {
    let best: { rtp: number; far: number } | undefined;
    for (const each of this.#byRtp.keys()) {
      const far = Math.abs(ticksBetween(each, rtp));
      if (far <= within && (!best || far < best.far)) best = { rtp: each, far };
    }
    return best?.rtp;
  }

  #forget({ rtp, key }: NamedFrame): void {
    this.#byRtp.delete(rtp);
    if (key === undefined) return;
    this.#setKey(
      key,
      this.withKey(key).filter((other) => other !== rtp),
    );
  }

  #setKey(key: string, rtps: readonly number[]): void {
    this.#repeated += Number(rtps.length > 1) - Number(this.withKey(key).length > 1);
    if (rtps.length > 0) this.#byKey.set(key, rtps);
    else this.#byKey.delete(key);
  }
}
