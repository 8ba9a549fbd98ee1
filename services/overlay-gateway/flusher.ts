import { setImmediate as nextTurn } from 'node:timers/promises';
import { Chain } from './chain.ts';
import type { EncodedFrame } from './encoded-frame.ts';
import { Joiner } from './joiner.ts';

/** Boxes to one socket go out together, when the first of them has waited for so long at least and at most (ms). */
const [leastMs, mostMs] = [16, 28];
/** So many sockets are written to each millisecond before boxes wait longer for one another. */
const writesPerMs = 15;
/** So many sockets are flushed before what has come meanwhile is taken in, so that they are sent it, too. */
const atOnce = 128;

/** How long boxes wait for one another when they go to so many sockets (ms): a write to one costs more than several boxes. */
export const waitMsFor = (sockets: number): number => Math.min(mostMs, Math.max(leastMs, sockets / writesPerMs));

/** Something that has boxes to send. */
export interface Flushable {
  flush(joiner: Joiner): void;
}

/**
 * Lets what is dirty be flushed together: at once after a quiet moment, else when the first has waited as long as the last flush
 * was large ({@link waitMsFor}). One socket after the other without a pause between: a receiver that is awake already costs less
 * than one that must be woken.
 */
export class Flusher {
  #dirty: Flushable[] = [];
  #dirtySince = 0;
  #flushedAt = Number.NEGATIVE_INFINITY;
  #waitMs = leastMs;
  #isFlushing = false;
  #empty = new Chain<EncodedFrame>();
  readonly #onFailure: (error: unknown) => void;

  /** `onFailure` is told once for each flush in which somebody's boxes could not be told. */
  constructor(onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure;
  }

  /** What whoever is offered something until the next flush begins with, so that all who are offered the same hold the same. */
  get empty(): Chain<EncodedFrame> {
    return this.#empty;
  }

  /** To be called once for each flush that is wanted. */
  add(flushable: Flushable): void {
    if (this.#dirty.push(flushable) > 1) return;
    this.#dirtySince = performance.now();
    if (!this.#isFlushing) this.#schedule();
  }

  #schedule(): void {
    const isQuiet = this.#dirtySince - this.#flushedAt >= this.#waitMs;
    const left = this.#dirtySince + this.#waitMs - performance.now();
    if (isQuiet || left <= 0) setImmediate(() => void this.#flush());
    else setTimeout(() => void this.#flush(), left);
  }

  async #flush(): Promise<void> {
    this.#isFlushing = true;
    this.#flushedAt = performance.now();
    const dirty = this.#dirty;
    this.#dirty = [];
    this.#waitMs = waitMsFor(dirty.length);
    this.#empty = new Chain();
    const joiner = new Joiner();
    let failure: unknown;
    for (const [n, each] of dirty.entries()) {
      if (n > 0 && n % atOnce === 0) await nextTurn();
      try {
        each.flush(joiner);
      } catch (error) {
        failure ??= error;
      }
    }
    if (failure) this.#onFailure(failure);
    this.#isFlushing = false;
    if (this.#dirty.length > 0) this.#schedule();
  }
}
