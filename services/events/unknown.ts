import { sizeOf } from './batches.ts';
import type { StreamEntry } from './redis.ts';
import { SizedMap } from './sized-map.ts';

/** A camera may be newer than what this copy knows: its first entries are looked at again after this long (ms). */
const lookAgainMs = 3_000;
/** So many wait for that, and so much of them. */
const most = { entries: 10_000, bytes: 32_000_000 };

/** Entries of cameras that nobody knows yet; they stay unacknowledged until they are looked at again. */
export class Unknown {
  readonly #entries = new SizedMap<{ entry: StreamEntry; dueAt: number }>();

  keep(entry: StreamEntry): boolean {
    const bytes = sizeOf(entry);
    const { size, bytes: kept } = this.#entries;
    const hasRoom = size < most.entries && kept + bytes <= most.bytes;
    if (!hasRoom && !this.#entries.has(entry.id)) return false;
    this.#entries.set(entry.id, { entry, dueAt: performance.now() + lookAgainMs }, bytes);
    return true;
  }

  due(): StreamEntry[] {
    const now = performance.now();
    const due = [...this.#entries.values()].filter(({ dueAt }) => dueAt <= now).map(({ entry }) => entry);
    for (const { id } of due) this.#entries.take(id);
    return due;
  }
}
