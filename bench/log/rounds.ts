import { median } from '../lib/statistics.ts';

/** Something to be measured: carries out work for about so many seconds and resolves to how much it did a second. */
export type Way = (seconds: number) => Promise<number>;

/** Results by way; one number a round. */
export type Results<Name extends string> = Record<Name, number[]>;

/** Measures ways one after the other, again and again, each round in the other direction: what else the machine does meets all of them. */
export async function inRounds<Name extends string>(
  ways: Record<Name, Way>,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<Results<Name>> {
  const names = Object.keys(ways) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Results<Name>;
  for (const name of names) await ways[name](seconds / 4);
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? names : names.toReversed();
    for (const name of order) results[name].push(await ways[name](seconds));
  }
  return results;
}

/** How much more one way does than another: the median over the rounds. */
export const ratio = (ours: readonly number[], theirs: readonly number[]): number =>
  median(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)));

/** `callers` at a time repeat `work`, each its own; resolves to how much they did a second, each time counting as `size`. */
export async function rate(
  { callers, size, seconds }: { callers: number; size: number; seconds: number },
  work: (caller: number) => Promise<unknown>,
): Promise<number> {
  const started = performance.now();
  const end = started + seconds * 1_000;
  let done = 0;
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      while (performance.now() < end) {
        await work(caller);
        done += size;
      }
    }),
  );
  return (done / (performance.now() - started)) * 1_000;
}
