import { percentile } from '../lib/statistics.ts';
import { medianAge, type Reading } from './shots.ts';

/** Pixels that the block moves from frame to frame, and over which it comes again (infra/cameras/clock.py). */
const [stepPx, turnPx] = [8, 1200];
/** A box that is not there is as wrong as one that does not touch its block (pixels). */
const missingPx = 80;
const onFramePx = stepPx / 2;

/** Where the block is in each analysed frame, by the frame's burned-in clock: as the worker read both off the picture. */
export type Truth = ReadonlyMap<number, number>;

export interface Score {
  /** Displayed frames that AI has analysed. */
  frames: number;
  drawn: number;
  onFrame: number;
  withinOneFrame: number;
  meanErrorPx: number;
  /** By how much boxes are ahead of their blocks, in frames. */
  biasFrames: number;
  /** How old pictures were when they were taken (ms). */
  age: number;
}

/** Holds what was drawn against what the pictures themselves say. */
export function score(readings: readonly Reading[], truth: Truth): Score {
  const errors = readings.flatMap(({ clock, boxLeft }) => {
    const block = truth.get(clock);
    if (block === undefined) return [];
    return [boxLeft === undefined ? undefined : around(boxLeft - block)];
  });
  const share = (fits: (error: number | undefined) => boolean) => errors.filter(fits).length / errors.length;
  const sizes = errors.map((error) => Math.min(missingPx * 4, Math.abs(error ?? missingPx)));
  return {
    frames: errors.length,
    drawn: share((error) => error !== undefined),
    onFrame: share((error) => error !== undefined && Math.abs(error) < onFramePx),
    withinOneFrame: share((error) => error !== undefined && Math.abs(error) < stepPx + onFramePx),
    meanErrorPx: sizes.reduce((sum, size) => sum + size, 0) / sizes.length,
    biasFrames:
      percentile(
        errors.filter((error) => error !== undefined),
        0.5,
      ) / stepPx,
    age: medianAge(readings),
  };
}

/** The block begins again at the left: the shorter way round counts. */
function around(distance: number): number {
  const wrapped = ((distance % turnPx) + turnPx) % turnPx;
  return wrapped > turnPx / 2 ? wrapped - turnPx : wrapped;
}
