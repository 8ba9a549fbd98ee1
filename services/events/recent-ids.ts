/** Remembers the last ids that it was shown, at most `limit` of them. */
export class RecentIds {
  readonly #limit: number;
  readonly #ids = new Set<string>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether the id was not among the last ones; it is from now on. */
  add(id: string): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    if (this.#ids.size > this.#limit) for (const oldest of this.#ids) return this.#ids.delete(oldest);
    return true;
  }
}
