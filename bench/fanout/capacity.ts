import { median } from '../lib/statistics.ts';
import type { Outcome } from './trial.ts';

/** Of boxes that come later than this (ms, at the 99th percentile) it does not count how cheaply they were delivered. */
const inTimeMs = 50;

/** How one crowd was served: medians of several runs. */
export interface Served {
  sockets: number;
  perCore: number;
  p99: number;
}

/** What one core can do for a crowd. */
export interface Capacity extends Served {
  isInTime: boolean;
}

export const servedBy = (sockets: number, outcomes: readonly Outcome[]): Served => ({
  sockets,
  perCore: median(outcomes.map(({ perCore }) => perCore)),
  p99: median(outcomes.map(({ p99 }) => p99)),
});

/**
 * The most boxes a core second among the crowds that are served in time. Whoever is late sends what has piled up in one
 * write, which is cheap and of no use; who is never in time is taken as he is, and it is said.
 */
export function capacityOf(crowds: readonly Served[]): Capacity {
  const inTime = crowds.filter(({ p99 }) => p99 <= inTimeMs);
  const [best] = (inTime.length > 0 ? inTime : crowds).toSorted((one, other) => other.perCore - one.perCore);
  return { sockets: 0, perCore: Number.NaN, p99: Number.NaN, ...best, isInTime: inTime.length > 0 };
}
