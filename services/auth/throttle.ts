interface Entry {
  failures: number;
  since: number;
}

/** Slows guessing down: after `limit` failures a key is locked until `windowMs` after the first of them. */
export class Throttle {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #now: () => number;
  readonly #entries = new Map<string, Entry>();

  constructor(options: { limit: number; windowMs: number; now?: () => number }) {
    this.#limit = options.limit;
    this.#windowMs = options.windowMs;
    this.#now = options.now ?? Date.now;
  }

  /** Seconds until the key may try again; 0 when it may now. */
  waitSeconds(key: string): number {
    const entry = this.#current(key);
    if (!entry || entry.failures < this.#limit) return 0;
    return Math.ceil((entry.since + this.#windowMs - this.#now()) / 1000);
  }

  failed(key: string): void {
    const entry = this.#current(key) ?? { failures: 0, since: this.#now() };
    this.#entries.set(key, { ...entry, failures: entry.failures + 1 });
    if (this.#entries.size > 10_000) this.#prune();
  }

  succeeded(key: string): void {
    this.#entries.delete(key);
  }

  #current(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.since + this.#windowMs > this.#now() ? entry : undefined;
  }

  #prune(): void {
    for (const [key, { since }] of this.#entries) if (since + this.#windowMs <= this.#now()) this.#entries.delete(key);
  }
}
