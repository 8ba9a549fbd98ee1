/** How fast the clocks of a camera and of this machine may part without anything being late: more than any quartz does. */
const drift = 0.0002;

/**
 * How far a stream lies behind where it was at its best: what it carries beside what has passed meanwhile. Bytes that are
 * held back somewhere show here, however steadily they come. What has been late since the start does not: see `knock`.
 */
export class Lag {
  #least: number | undefined;
  #seenAt = 0;
  #ms = 0;

  /** Takes note of the position that a stream has reached (ms of its own time) at `now` (ms). */
  see(position: number, now: number): void {
    const offset = now - position;
    const least = this.#least === undefined ? offset : this.#least + (now - this.#seenAt) * drift;
    this.#least = Math.min(least, offset);
    this.#seenAt = now;
    this.#ms = offset - this.#least;
  }

  /** Milliseconds. */
  get ms(): number {
    return this.#ms;
  }
}
