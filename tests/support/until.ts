import { setTimeout as pause } from 'node:timers/promises';

/** Calls `probe` until it gives something; fails with the last answer when that takes longer than `timeoutMs`. */
export async function until<Result>(
  what: string,
  probe: () => Promise<Result | undefined | false>,
  timeoutMs = 60_000,
): Promise<Result> {
  const deadline = Date.now() + timeoutMs;
  let last: unknown;
  while (Date.now() < deadline) {
    try {
      const result = await probe();
      if (result !== undefined && result !== false) return result;
      last = result;
    } catch (error) {
      last = error;
    }
    await pause(50);
  }
  throw new Error(`Waited ${timeoutMs / 1000} s in vain for: ${what}. Last: ${String(last)}`);
}
