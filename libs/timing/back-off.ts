interface BackOffOptions {
  /** The first pause (ms). */
  firstMs: number;
  /** What pauses grow to (ms). */
  longestMs: number;
  random?: () => number;
}

/** Pauses between attempts: they double, with jitter, up to a limit, and begin anew after health. */
export class BackOff {
  readonly #options: Required<BackOffOptions>;
  #attempts = 0;

  constructor(options: BackOffOptions) {
    this.#options = { random: Math.random, ...options };
  }

  /** The pause before the next attempt (ms): between half and all of what it has grown to, or of this attempt's own limit. */
  next(longestMs: number = this.#options.longestMs): number {
    const { firstMs, random } = this.#options;
    const grown = Math.min(longestMs, firstMs * 2 ** Math.min(this.#attempts, 20));
    this.#attempts += 1;
    return grown * (0.5 + random() / 2);
  }

  /** To be called when an attempt has held for long enough to be a good one. */
  reset(): void {
    this.#attempts = 0;
  }
}
