import type { StreamEntry } from './redis.ts';

/** A camera may be newer than what this copy knows: its first entries are looked at again after this long (ms), so many. */
const lookAgainMs = 3_000;
const mostUnknown = 10_000;

/** Entries of cameras that nobody knows yet; they stay unacknowledged until they are looked at again. */
export class Unknown {
  readonly #entries = new Map<string, { entry: StreamEntry; dueAt: number }>();

  keep(entry: StreamEntry): boolean {
    if (this.#entries.size >= mostUnknown && !this.#entries.has(entry.id)) return false;
    this.#entries.set(entry.id, { entry, dueAt: performance.now() + lookAgainMs });
    return true;
  }

  due(): StreamEntry[] {
    const now = performance.now();
    const due = [...this.#entries.values()].filter(({ dueAt }) => dueAt <= now);
    for (const { entry } of due) this.#entries.delete(entry.id);
    return due.map(({ entry }) => entry);
  }
}
