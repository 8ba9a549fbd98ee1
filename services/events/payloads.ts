import { type Draft, FrameSizes, readPayload } from './adapters/index.ts';
import type { StreamEntry } from './redis.ts';

/** So many, and so much of what they were read from, is kept for the other lane, which may be far behind or another copy's. */
const most = { entries: 1_000, bytes: 16_000_000 };

/** Reads what workers wrote, each entry of the stream once for both lanes: the first leaves it for the second. */
export class Payloads {
  readonly #sizes = new FrameSizes();
  readonly #left = new Map<string, { draft: Draft; bytes: number }>();
  #bytes = 0;

  /** Throws {@link BadPayload}. What it gives must not be changed. */
  read({ id, data }: Pick<StreamEntry, 'id' | 'data'>): Draft {
    const left = this.#left.get(id);
    if (left) {
      this.#forget(id, left.bytes);
      return left.draft;
    }
    const draft = readPayload(data, this.#sizes);
    if (id !== '') this.#leave(id, { draft, bytes: data.length });
    return draft;
  }

  #leave(id: string, read: { draft: Draft; bytes: number }): void {
    this.#left.set(id, read);
    this.#bytes += read.bytes;
    for (const [oldest, { bytes }] of this.#left) {
      if (this.#left.size <= most.entries && this.#bytes <= most.bytes) return;
      this.#forget(oldest, bytes);
    }
  }

  #forget(id: string, bytes: number): void {
    this.#left.delete(id);
    this.#bytes -= bytes;
  }
}
