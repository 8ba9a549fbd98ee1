import type { Goal } from '../lib/report.ts';
import type { Score } from './score.ts';

/** One way of drawing, with an AI that is late by so much. */
export interface Run extends Score {
  way: 'arrival' | 'live' | 'exact' | 'clock';
  delayMs: number;
  /** From capture to the worker's XADD (ms, 99.9th percentile). */
  delayP999: number;
}

/** A box in the very middle of its line would make any ratio endless: errors below this are taken as this (pixels). */
const leastErrorPx = 0.25;

/** What the runs together have to show; shares are in percent over all delays. */
export function goalsOf(runs: readonly Run[]): Goal[] {
  const of = (way: Run['way']) => runs.filter((run) => run.way === way);
  const percent = (way: Run['way'], pick: (run: Run) => number) => {
    const frames = of(way).reduce((sum, run) => sum + run.frames, 0);
    return (of(way).reduce((sum, run) => sum + pick(run) * run.frames, 0) / frames) * 100;
  };
  const error = (way: Run['way']) =>
    Math.max(leastErrorPx, of(way).reduce((sum, run) => sum + run.meanErrorPx, 0) / of(way).length);
  const extras = of('exact').map((run) => {
    const live = of('live').find(({ delayMs }) => delayMs === run.delayMs);
    return { extra: run.age - (live?.age ?? Number.NaN), allowed: run.delayP999 + 50 };
  });
  const [worst] = extras.sort((a, b) => b.extra - b.allowed - (a.extra - a.allowed));
  return [
    { name: 'exact_on_frame', value: percent('exact', ({ onFrame }) => onFrame), atLeast: 99.9 },
    { name: 'drawn', value: percent('exact', ({ drawn }) => drawn), atLeast: 99 },
    { name: 'clock_within_one_frame', value: percent('clock', ({ withinOneFrame }) => withinOneFrame), atLeast: 95 },
    { name: 'pixel_error_ratio', value: error('arrival') / error('exact'), atLeast: 50 },
    { name: 'live_pixel_error_ratio', value: error('arrival') / error('live'), atLeast: 5 },
    {
      name: 'exact_extra_delay_ms',
      value: worst?.extra ?? Number.NaN,
      atMost: Math.round(worst?.allowed ?? Number.NaN),
    },
  ];
}
