/** A map, oldest first, that knows how many bytes its values were read from. */
export class SizedMap<Value> {
  readonly #entries = new Map<string, { value: Value; bytes: number }>();
  #bytes = 0;

  get size(): number {
    return this.#entries.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  keys(): Iterable<string> {
    return this.#entries.keys();
  }

  values(): Iterable<Value> {
    return this.#entries.values().map(({ value }) => value);
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  /** Replaces what had this key, which becomes the newest. */
  set(key: string, value: Value, bytes: number): void {
    this.take(key);
    this.#entries.set(key, { value, bytes });
    this.#bytes += bytes;
  }

  /** Deletes a value and returns it. */
  take(key: string): Value | undefined {
    const held = this.#entries.get(key);
    if (!held) return undefined;
    this.#entries.delete(key);
    this.#bytes -= held.bytes;
    return held.value;
  }
}
