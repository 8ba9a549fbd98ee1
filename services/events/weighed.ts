/** Things by their id, oldest first, and how many bytes they were read from. */
export class Weighed<Thing> {
  readonly #things = new Map<string, { thing: Thing; bytes: number }>();
  #bytes = 0;

  get size(): number {
    return this.#things.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get ids(): Iterable<string> {
    return this.#things.keys();
  }

  get things(): Iterable<Thing> {
    return this.#things.values().map(({ thing }) => thing);
  }

  has(id: string): boolean {
    return this.#things.has(id);
  }

  /** Takes the place of what had this id. */
  set(id: string, thing: Thing, bytes: number): void {
    this.take(id);
    this.#things.set(id, { thing, bytes });
    this.#bytes += bytes;
  }

  /** Gives it away. */
  take(id: string): Thing | undefined {
    const held = this.#things.get(id);
    if (!held) return undefined;
    this.#things.delete(id);
    this.#bytes -= held.bytes;
    return held.thing;
  }
}
