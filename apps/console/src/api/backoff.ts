/** Pauses between tries: they grow, with jitter, up to `longestMs`, and begin anew after something worked for a while. */
export interface Backoff {
  /** The next pause (ms); `workedMs` is how long the try before it held. */
  next(workedMs: number): number;
}

interface BackoffOptions {
  firstMs: number;
  longestMs: number;
  /** A try that held this long was a good one (ms). */
  healthyMs?: number;
  random?: () => number;
}

/** Makes a back-off; each pause is between half and all of its nominal length. */
export function backoff({ firstMs, longestMs, healthyMs = 5_000, random = Math.random }: BackoffOptions): Backoff {
  let nominal = firstMs;
  return {
    next(workedMs) {
      if (workedMs >= healthyMs) nominal = firstMs;
      const pause = nominal * (0.5 + random() / 2);
      nominal = Math.min(nominal * 2, longestMs);
      return pause;
    },
  };
}
