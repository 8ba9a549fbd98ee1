import { sizeOf } from './portions.ts';
import type { StreamEntry } from './redis.ts';

/** A camera may be newer than what this copy knows: its first entries are looked at again after this long (ms). */
const lookAgainMs = 3_000;
/** So many wait for that, and so much of them. */
const most = { entries: 10_000, bytes: 32_000_000 };

/** Entries of cameras that nobody knows yet; they stay unacknowledged until they are looked at again. */
export class Unknown {
  readonly #entries = new Map<string, { entry: StreamEntry; dueAt: number }>();
  #bytes = 0;

  keep(entry: StreamEntry): boolean {
    if (!this.#entries.has(entry.id)) {
      if (this.#entries.size >= most.entries || this.#bytes + sizeOf(entry) > most.bytes) return false;
      this.#bytes += sizeOf(entry);
    }
    this.#entries.set(entry.id, { entry, dueAt: performance.now() + lookAgainMs });
    return true;
  }

  due(): StreamEntry[] {
    const now = performance.now();
    const due = [...this.#entries.values()].filter(({ dueAt }) => dueAt <= now);
    for (const { entry } of due) {
      this.#entries.delete(entry.id);
      this.#bytes -= sizeOf(entry);
    }
    return due.map(({ entry }) => entry);
  }
}
