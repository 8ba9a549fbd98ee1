import type { Line, Marks, Point, Zone } from '@sightline/contracts';
import { crosses, depthIn, sideOf, thicknessOf } from './geometry.ts';

/** Within this distance of an edge or a line (a share of the picture) a track stays where it was: boxes tremble. */
export const hysteresis = 0.01;

/** A zone that a track is in, and since when (capture time, µs). */
export interface Inside {
  zone: string;
  name: string;
  sinceUs: number;
}

/** The side of a line that a track was last seen on, and where. */
interface Beside {
  line: string;
  side: 'left' | 'right';
  at: Point;
}

/** How a track stands to what is marked in its picture. */
export interface Standing {
  inside: Inside[];
  beside: Beside[];
}

/** What a track has done at one point. */
export interface Move {
  entered: Zone[];
  left: { inside: Inside; because: 'moved' | 'removed' }[];
  crossed: { line: Line; to: Beside['side'] }[];
}

export const nowhere: Standing = { inside: [], beside: [] };

/** A track's foot is at a point now: how it stands, and what it has done by that. */
export function move(
  before: Standing,
  { zones, lines }: Marks,
  { at, atUs }: { at: Point; atUs: number },
): Standing & Move {
  const result: Standing & Move = { inside: [], beside: [], entered: [], left: [], crossed: [] };
  for (const zone of zones) {
    const was = before.inside.find((inside) => inside.zone === zone.id);
    const is = isIn(zone, at, was !== undefined);
    if (is) result.inside.push(was ?? { zone: zone.id, name: zone.name, sinceUs: atUs });
    if (is && !was) result.entered.push(zone);
    if (was && !is) result.left.push({ inside: was, because: 'moved' });
  }
  for (const inside of before.inside)
    if (!zones.some(({ id }) => id === inside.zone)) result.left.push({ inside, because: 'removed' });
  for (const line of lines) {
    const was = before.beside.find((beside) => beside.line === line.id);
    const is = besideOf(line, at) ?? was;
    if (is) result.beside.push(is);
    if (is && was && is.side !== was.side && crosses([was.at, is.at], [line.from, line.to]))
      result.crossed.push({ line, to: is.side });
  }
  return result;
}

/** A thin zone has a smaller hysteresis, so that it can be entered at all. */
function isIn({ polygon }: Zone, at: Point, was: boolean): boolean {
  const depth = depthIn(polygon, at);
  const least = Math.min(hysteresis, thicknessOf(polygon) / 2);
  return was ? depth > -least : depth >= least;
}

function besideOf({ id, from, to }: Line, at: Point): Beside | undefined {
  const distance = sideOf(from, to, at);
  if (Math.abs(distance) < hysteresis) return undefined;
  return { line: id, side: distance > 0 ? 'right' : 'left', at };
}
