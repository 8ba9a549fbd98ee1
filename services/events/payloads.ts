import { type Draft, FrameSizes, readPayload } from './adapters/index.ts';
import type { StreamEntry } from './redis.ts';
import { SizedMap } from './sized-map.ts';

/** So many, and so much of what they were read from, is kept for the other lane, which may be far behind or another copy's. */
const most = { entries: 1_000, bytes: 16_000_000 };

/** Reads what workers wrote, each entry of the stream once for both lanes: the first leaves it for the second. */
export class Payloads {
  readonly #sizes = new FrameSizes();
  readonly #left = new SizedMap<Draft>();

  /** Throws {@link BadPayload}. What it gives must not be changed. */
  read({ id, data }: Pick<StreamEntry, 'id' | 'data'>): Draft {
    const left = this.#left.take(id);
    if (left) return left;
    const draft = readPayload(data, this.#sizes);
    if (id !== '') this.#leave(id, draft, data.length);
    return draft;
  }

  #leave(id: string, draft: Draft, bytes: number): void {
    this.#left.set(id, draft, bytes);
    for (const oldest of this.#left.keys()) {
      if (this.#left.size <= most.entries && this.#left.bytes <= most.bytes) return;
      this.#left.take(oldest);
    }
  }
}
