/** Remembers the last ids that it was shown: at least half of `limit`, at most all of it. */
export class RecentIds {
  readonly #half: number;
  #young = new Set<string>();
  #old = new Set<string>();

  constructor(limit: number) {
    this.#half = Math.ceil(limit / 2);
  }

  /** Whether the id was not among the last ones; it is from now on. */
  add(id: string): boolean {
    if (this.#young.has(id) || this.#old.has(id)) return false;
    this.#young.add(id);
    if (this.#young.size >= this.#half) [this.#old, this.#young] = [this.#young, new Set()];
    return true;
  }
}
