import { Joiner } from './joiner.ts';

/** Boxes to one socket go out together, at most once in this long (ms): a system call is dearer than a box. */
export const flushEveryMs = 16;

/** Something that has boxes to send. */
export interface Flushable {
  flush(joiner: Joiner): void;
}

/** Lets what is dirty be flushed together: at once after a quiet moment, else when {@link flushEveryMs} have passed. */
export class Flusher {
  readonly #now: () => number;
  #dirty: Flushable[] = [];
  #flushedAt = Number.NEGATIVE_INFINITY;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** To be called once for each flush that is wanted. */
  add(flushable: Flushable): void {
    if (this.#dirty.push(flushable) > 1) return;
    const wait = this.#flushedAt + flushEveryMs - this.#now();
    if (wait <= 0) setImmediate(() => this.#flush());
    else setTimeout(() => this.#flush(), wait);
  }

  #flush(): void {
    this.#flushedAt = this.#now();
    const dirty = this.#dirty;
    this.#dirty = [];
    const joiner = new Joiner();
    for (const each of dirty) each.flush(joiner);
  }
}
