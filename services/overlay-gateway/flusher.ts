import { Joiner } from './joiner.ts';

/** Boxes to one socket go out together, at most once in this long (ms): a system call is dearer than a box. */
const flushEveryMs = 16;
/** So many sockets are flushed in one go; others have a turn of their own, so that none waits for a thousand. */
const cohortSize = 128;

/** Something that has boxes to send. */
export interface Flushable {
  flush(joiner: Joiner): void;
}

/** Lets what is dirty be flushed together: at once after a quiet moment, else when {@link flushEveryMs} have passed. */
export class Flusher {
  members = 0;
  #dirty: Flushable[] = [];
  #flushedAt = Number.NEGATIVE_INFINITY;

  /** To be called once for each flush that is wanted. */
  add(flushable: Flushable): void {
    if (this.#dirty.push(flushable) > 1) return;
    const wait = this.#flushedAt + flushEveryMs - performance.now();
    if (wait <= 0) setImmediate(() => this.#flush());
    else setTimeout(() => this.#flush(), wait);
  }

  #flush(): void {
    this.#flushedAt = performance.now();
    const dirty = this.#dirty;
    this.#dirty = [];
    const joiner = new Joiner();
    for (const each of dirty) each.flush(joiner);
  }
}

/** Flushers that share the sockets among them. */
export class Flushers {
  readonly #flushers: Flusher[] = [];

  /** The flusher of a new socket; whoever takes it gives it back by lowering its `members`. */
  take(): Flusher {
    let free = this.#flushers.find(({ members }) => members < cohortSize);
    if (!free) {
      free = new Flusher();
      this.#flushers.push(free);
    }
    free.members += 1;
    return free;
  }
}
