interface BackOffOptions {
  /** The first pause (ms). */
  firstMs: number;
  /** What pauses grow to (ms). */
  longestMs: number;
  /** An attempt that held this long was a good one (ms); without it only {@link BackOff.reset} begins anew. */
  healthyMs?: number;
  random?: () => number;
}

/** What is known of the attempt before a pause. */
interface LastAttempt {
  /** How long it held (ms). */
  heldMs?: number;
  /** What the pause after it may be at most, in place of the usual limit (ms). */
  longestMs?: number;
}

/** Pauses between attempts: they double, with jitter, up to a limit, and begin anew after health. */
export class BackOff {
  readonly #options: Required<BackOffOptions>;
  #attempts = 0;

  constructor(options: BackOffOptions) {
    this.#options = { healthyMs: Number.POSITIVE_INFINITY, random: Math.random, ...options };
  }

  /** The pause before the next attempt (ms): between half and all of what it has grown to, or of the last attempt's own limit. */
  next({ heldMs = 0, longestMs = this.#options.longestMs }: LastAttempt = {}): number {
    const { firstMs, healthyMs, random } = this.#options;
    if (heldMs >= healthyMs) this.reset();
    const grown = Math.min(longestMs, firstMs * 2 ** Math.min(this.#attempts, 20));
    this.#attempts += 1;
    return grown * (0.5 + random() / 2);
  }

  /** To be called when an attempt is known to be a good one. */
  reset(): void {
    this.#attempts = 0;
  }
}
