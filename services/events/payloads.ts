import { type Draft, FrameSizes, readPayload } from './adapters/index.ts';
import type { StreamEntry } from './redis.ts';

/** So many are kept for the other lane, which may be far behind or another copy's. */
const most = 1_000;

/** Reads what workers wrote, each entry of the stream once for both lanes: the first leaves it for the second. */
export class Payloads {
  readonly #sizes = new FrameSizes();
  readonly #left = new Map<string, Draft>();

  /** Throws {@link BadPayload}. What it gives must not be changed. */
  read({ id, data }: Pick<StreamEntry, 'id' | 'data'>): Draft {
    const left = this.#left.get(id);
    if (left) {
      this.#left.delete(id);
      return left;
    }
    const draft = readPayload(data, this.#sizes);
    if (id !== '') this.#leave(id, draft);
    return draft;
  }

  #leave(id: string, draft: Draft): void {
    this.#left.set(id, draft);
    const [oldest] = this.#left.keys();
    if (this.#left.size > most && oldest !== undefined) this.#left.delete(oldest);
  }
}
