import type { NamedFrame } from '../media/named-frame.ts';
import { rtpRate, ticksBetween } from './rtp.ts';

/** How long frames are remembered: longer than any AI is late (ticks). */
const windowTicks = 20 * rtpRate;
const fewFrames = 8;

/** The frames of one track that came lately, by RTP time and by name. */
export class SeenFrames {
  readonly #byRtp = new Map<number, NamedFrame>();
  readonly #byKey = new Map<string, number[]>();
  #newest: NamedFrame | undefined;

  add(frame: NamedFrame): void {
    if (this.#newest && Math.abs(ticksBetween(this.#newest.rtp, frame.rtp)) > windowTicks) this.clear();
    this.#byRtp.set(frame.rtp, frame);
    if (frame.key !== undefined) this.#byKey.set(frame.key, [...(this.#byKey.get(frame.key) ?? []), frame.rtp]);
    this.#newest = frame;
    for (const [rtp, old] of this.#byRtp) {
      if (ticksBetween(rtp, frame.rtp) <= windowTicks) break;
      this.#forget(old);
    }
  }

  clear(): void {
    this.#byRtp.clear();
    this.#byKey.clear();
    this.#newest = undefined;
  }

  get newest(): NamedFrame | undefined {
    return this.#newest;
  }

  at(rtp: number): NamedFrame | undefined {
    return this.#byRtp.get(rtp);
  }

  /** RTP times of all frames of that name: a scene that stands still repeats names. */
  withKey(key: string): readonly number[] {
    return this.#byKey.get(key) ?? [];
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
    const left = (this.#byKey.get(key) ?? []).filter((other) => other !== rtp);
    if (left.length > 0) this.#byKey.set(key, left);
    else this.#byKey.delete(key);
  }
}
