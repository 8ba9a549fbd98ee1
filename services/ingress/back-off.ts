/** Pauses between attempts (ms): they double, with jitter, up to a limit, and begin anew after health. */
export class BackOff {
  readonly #random: () => number;
  #attempts = 0;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** The pause before the next attempt; between half and all of what it has grown to. */
  next(limitMs: number, firstMs = 300): number {
    const grown = Math.min(limitMs, firstMs * 2 ** Math.min(this.#attempts, 20));
    this.#attempts += 1;
    return grown * (0.5 + this.#random() / 2);
  }

  reset(): void {
    this.#attempts = 0;
  }
}
