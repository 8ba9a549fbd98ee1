/** What one copy knows when it decides which cameras to pull. Times are of this copy's own monotonic clock (ms). */
export interface Situation {
  /** Every camera of the site that is not retired. */
  cameras: readonly string[];
  /** Cameras that this copy holds. */
  held: ReadonlySet<string>;
  /** When each lease was last seen to be renewed by somebody else. */
  seen: ReadonlyMap<string, number>;
  /** How many copies there are, this one included. */
  copies: number;
  now: number;
  /** When this copy last held no more than its share, or gave a camera away. */
  balancedAt: number;
}

export interface Plan {
  take: string[];
  release: string[];
  /** Whether this copy holds no more than its share. */
  balanced: boolean;
}

/** A lease that was not renewed for this long is free: longer than a holder goes on without renewing. */
export const leaseEndsMs = 6_500;
const giveAfterMs = 30_000;
const othersFirstMs = 2_000;

/**
 * Which free cameras to take and which to give away: each copy about its share. A free camera that nobody takes is taken by
 * anybody after a moment; cameras are given away one at a time and
 * only when the shares have been uneven for long, since each time a picture pauses.
 */
export function plan({ cameras, held, seen, copies, now, balancedAt }: Situation): Plan {
  const share = Math.ceil(cameras.length / Math.max(1, copies));
  const free = cameras.filter(
    (camera) => !held.has(camera) && now - (seen.get(camera) ?? Number.NEGATIVE_INFINITY) > leaseEndsMs,
  );
  const longFree = free.filter((camera) => {
    const last = seen.get(camera);
    return last !== undefined && now - last > leaseEndsMs + othersFirstMs;
  });
  const room = Math.max(0, share - held.size);
  const take = [...new Set([...free.slice(0, room), ...longFree])];
  const release = held.size > share && now - balancedAt > giveAfterMs ? [...held].slice(0, 1) : [];
  return { take, release, balanced: held.size <= share };
}
