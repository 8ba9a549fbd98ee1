import type { StreamEntry } from './redis.ts';

/** A camera may be newer than what this copy knows: its first entries are looked at again after this long (ms), so many. */
const lookAgainMs = 3_000;
const mostUnknown = 10_000;

/** Entries of cameras that nobody knows yet; they stay unacknowledged until they are looked at again. */
export class Unknown {
  #entries: { entry: StreamEntry; dueAt: number }[] = [];

  keep(entry: StreamEntry): boolean {
    if (this.#entries.length >= mostUnknown) return false;
    this.#entries.push({ entry, dueAt: performance.now() + lookAgainMs });
    return true;
  }

  due(): StreamEntry[] {
    const now = performance.now();
    const due = this.#entries.filter(({ dueAt }) => dueAt <= now);
    if (due.length > 0) this.#entries = this.#entries.filter(({ dueAt }) => dueAt > now);
    return due.map(({ entry }) => entry);
  }
}
