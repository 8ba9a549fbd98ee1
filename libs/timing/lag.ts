/**
 * How far a stream lies behind where it was at its best: what it carries beside what has passed meanwhile. Bytes that are
 * held back somewhere show here, however steadily they come. What has been late since the start does not.
 */
export class Lag {
  readonly #drift: number;
  #last: { least: number; at: number } | undefined;
  #ms = 0;

  /** `drift` is how fast the stream's time and the clock may part without anything being late: 0.001 is a millisecond a second. */
  constructor({ drift }: { drift: number }) {
    this.#drift = drift;
  }

  /** Takes note of the position that a stream has reached (ms of its own time) at `now` (ms). */
  see(position: number, now: number): void {
    const offset = now - position;
    const least = this.#last ? Math.min(this.#last.least + (now - this.#last.at) * this.#drift, offset) : offset;
    this.#last = { least, at: now };
    this.#ms = offset - least;
  }

  /** Milliseconds. */
  get ms(): number {
    return this.#ms;
  }
}
