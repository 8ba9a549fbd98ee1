/** Where something that should go on for ever did not: from its last sign to the next one (ms, wall clock). */
export interface Gap {
  from: number;
  to: number;
}

/** A picture that was shown: when, and when it was captured (ms, wall clock). */
export interface Shown {
  at: number;
  capturedAt: number;
}

/** Pictures may come this far apart without any being missed (ms). */
export const missedAfterMs = 500;
const frameMs = 1000 / 15;

/** Gaps longer than `longerThanMs` between signs, which are in order; up to `end`, and without signs all of the time. */
export function gapsOf(signs: readonly number[], { start, end }: { start: number; end: number }, longerThanMs: number) {
  const moments = [signs.findLast((at) => at <= start) ?? start, ...signs.filter((at) => at > start && at < end), end];
  return moments
    .slice(1)
    .map((to, index): Gap => ({ from: moments[index] ?? to, to }))
    .filter(({ from, to }) => to - from > longerThanMs);
}

/** How long after `back` the last of the gaps ended (s); 0 without any. */
export const healedAfter = (gaps: readonly Gap[], back: number): number =>
  Math.max(0, ...gaps.map(({ to }) => to - back)) / 1000;

/**
 * How many pictures nobody saw, or saw only after a pause: in each gap of more than half a second, in showing or in what was
 * shown, as many as a camera of 15 a second captures in it.
 */
export function missed(pictures: readonly Shown[], span: { start: number; end: number }): number {
  const held = gapsOf(
    pictures.map(({ at }) => at),
    span,
    missedAfterMs,
  );
  const left = pictures.flatMap(({ at, capturedAt }, index): Gap[] => {
    const before = pictures[index - 1];
    if (!before || at <= span.start || at >= span.end || capturedAt - before.capturedAt <= missedAfterMs) return [];
    const covered = held.some(({ from, to }) => from <= before.at && at <= to);
    return covered ? [] : [{ from: before.capturedAt, to: capturedAt }];
  });
  return [...held, ...left].reduce((total, { from, to }) => total + Math.round((to - from) / frameMs) - 1, 0);
}
