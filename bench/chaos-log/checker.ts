/** How one end of the log differs from what was written: in events that miss, come again or were never written, or overtook others. */
export interface Difference {
  lost: number;
  twice: number;
  outOfOrder: number;
}

/** Compares what an end has, in its order, with what it must have, in order. */
export function compare(expected: readonly string[], found: readonly string[]): Difference {
  const places = new Map(expected.map((id, place) => [id, place]));
  const seen = new Set<string>();
  let [twice, outOfOrder, furthest] = [0, 0, -1];
  for (const id of found) {
    const place = places.get(id);
    if (place === undefined || seen.has(id)) {
      twice += 1;
      continue;
    }
    seen.add(id);
    if (place < furthest) outOfOrder += 1;
    furthest = Math.max(furthest, place);
  }
  return { lost: places.size - seen.size, twice, outOfOrder };
}

export const sum = (differences: readonly Difference[]): Difference =>
  differences.reduce(
    (total, next) => ({
      lost: total.lost + next.lost,
      twice: total.twice + next.twice,
      outOfOrder: total.outOfOrder + next.outOfOrder,
    }),
    { lost: 0, twice: 0, outOfOrder: 0 },
  );
