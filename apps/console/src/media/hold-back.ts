import { quantile } from './quantile.ts';

/** How a person watches: with the least delay, or with every box on its frame. */
export type Way = 'live' | 'exact';

const windowMs = 15_000;
const fewSamples = 5;
/** What is added to the lateness of nearly all results, for the way through the decoder (ms). */
const marginMs = 50;
/** A picture is held back for less than would make it look old (ms). */
const mostMs = 1_500;
/** The target is lowered only when it has been this much too high for so long: a picture that breathes is worse (ms). */
const slackMs = 30;
const patienceMs = 8_000;
const stepMs = 10;

/** By how much a picture has to be held back so that nearly all boxes are there before their frames. */
export class HoldBack {
  #late: { at: number; lateMs: number }[] = [];
  #targetMs = 0;
  #tooHighSince: number | undefined;

  /** A result came `lateMs` after its frame. */
  add(lateMs: number, at: number): void {
    this.#late.push({ at, lateMs });
    if (this.#late.length > 400) this.#late = this.#late.slice(-300);
  }

  /** The target for the jitter buffer (ms); the same as before while that still serves. */
  targetMs(now: number): number {
    this.#late = this.#late.filter(({ at }) => now - at <= windowMs);
    if (this.#late.length < fewSamples) return this.#targetMs;
    const p99 = quantile(
      this.#late.map(({ lateMs }) => lateMs),
      0.99,
    );
    const wanted = Math.min(mostMs, Math.ceil(Math.max(0, p99 + marginMs) / stepMs) * stepMs);
    if (wanted > this.#targetMs) this.#set(wanted);
    else if (wanted > this.#targetMs - slackMs) this.#tooHighSince = undefined;
    else {
      this.#tooHighSince ??= now;
      if (now - this.#tooHighSince >= patienceMs) this.#set(wanted);
    }
    return this.#targetMs;
  }

  #set(targetMs: number): void {
    this.#targetMs = targetMs;
    this.#tooHighSince = undefined;
  }
}
