import { z } from 'zod';
import { Point } from './detection.ts';
import { Id, Name } from './ids.ts';

/** A part of a camera's picture: a polygon whose last point is joined to the first. */
export const Zone = z.object({ id: Id, name: Name, polygon: z.array(Point).min(3).max(50) }).meta({
  id: 'Zone',
  examples: [
    {
      id: 'gate',
      name: 'Gate',
      polygon: [
        [0.1, 0.5],
        [0.4, 0.5],
        [0.4, 0.9],
      ],
    },
  ],
});
export type Zone = z.infer<typeof Zone>;

/** A line across a camera's picture. It has a left and a right side, as seen when looking from `from` to `to`. */
export const Line = z
  .object({ id: Id, name: Name, from: Point, to: Point })
  .meta({ id: 'Line', examples: [{ id: 'kerb', name: 'Kerb', from: [0, 0.6], to: [1, 0.7] }] });
export type Line = z.infer<typeof Line>;

const fields = { zones: z.array(Zone).max(20), lines: z.array(Line).max(20) };

/** What is marked in a camera's picture. */
export const Marks = z.object(fields);
export type Marks = z.infer<typeof Marks>;

/** The least area of a zone, and the least length of a line, as shares of the picture. */
export const smallestArea = 0.0001;
export const shortestLine = 0.01;

/**
 * Marks as they may be set: each id once among its like, and nothing so small that nobody could be in it or cross it.
 * `was`, when given, is what they are made from: if others stand there by now, nothing is changed.
 */
export const MarksInput = z
  .strictObject({ ...fields, was: Marks.optional() })
  .refine(({ zones, lines }) => [zones, lines].every(eachOnce), 'each zone and each line with an id of its own')
  .refine(
    ({ zones }) => zones.every(({ polygon }) => areaOf(polygon) >= smallestArea),
    `zones of at least ${smallestArea} of the picture`,
  )
  .refine(
    ({ lines }) => lines.every(({ from: [x, y], to: [toX, toY] }) => Math.hypot(toX - x, toY - y) >= shortestLine),
    `lines of at least ${shortestLine} of the picture`,
  )
  .meta({ id: 'MarksInput' });

const eachOnce = (marks: readonly { id: string }[]) => new Set(marks.map(({ id }) => id)).size === marks.length;

/** The area of a polygon, as a share of the picture. */
export function areaOf(polygon: Zone['polygon']): number {
  const twice = polygon.reduce((sum, [x, y], n) => {
    const [nextX, nextY] = polygon[(n + 1) % polygon.length] ?? [x, y];
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(twice) / 2;
}
