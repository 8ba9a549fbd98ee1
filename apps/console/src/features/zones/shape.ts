import { Name } from '@sightline/contracts/ids';
import { areaOf, type Marks, shortestLine, smallestArea } from '@sightline/contracts/zones';

/** A point of the picture: from the left and from the top, each a share (0..1) of it. */
export type Point = [x: number, y: number];

/** A zone (its corners) or a line (two ends) while it is being drawn. */
export interface Shape {
  kind: 'zone' | 'line';
  id: string;
  name: string;
  points: Point[];
}

/** What may be wrong with a shape, in words; one that only `warns` can be saved. */
export interface Trouble {
  text: string;
  warns: boolean;
}

/** How far from a thing a pointer still means it, in the picture's heights. */
const reach = 0.025;
export const mostPoints = 50;

export const keyOf = ({ kind, id }: Shape): string => `${kind} ${id}`;

export const shapesOf = ({ zones, lines }: Marks): Shape[] => [
  ...zones.map(({ id, name, polygon }): Shape => ({ kind: 'zone', id, name, points: polygon })),
  ...lines.map(({ id, name, from, to }): Shape => ({ kind: 'line', id, name, points: [from, to] })),
];

export const marksOf = (shapes: readonly Shape[]): Marks => ({
  zones: shapes.flatMap(({ kind, id, name, points }) => (kind === 'zone' ? [{ id, name, polygon: points }] : [])),
  lines: shapes.flatMap(({ kind, id, name, points: [from, to] }) =>
    kind === 'line' && from && to ? [{ id, name, from, to }] : [],
  ),
});

/** The nearest point of the picture, in steps of a thousandth. */
export const intoPicture = ([x, y]: Point): Point => [share(x), share(y)];
const share = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000;

export const movePoint = (shape: Shape, index: number, to: Point): Shape => ({
  ...shape,
  points: shape.points.map((point, n) => (n === index ? intoPicture(to) : point)),
});

/** A zone with one more corner, behind the one at `index`. */
export const insertPoint = (shape: Shape, index: number, at: Point): Shape => ({
  ...shape,
  points: shape.points.toSpliced(index + 1, 0, intoPicture(at)),
});

/** Whether a shape is still one without one of its points. */
export const maySparePoint = ({ kind, points }: Shape): boolean => kind === 'zone' && points.length > 3;

export const removePoint = (shape: Shape, index: number): Shape =>
  maySparePoint(shape) ? { ...shape, points: shape.points.toSpliced(index, 1) } : shape;

export const middleOf = ([x, y]: Point, [toX, toY]: Point): Point => [(x + toX) / 2, (y + toY) / 2];

/** Whether a pointer at `at` means this point, in a picture `aspect` times as wide as high. */
export const isNear = (point: Point, at: Point, aspect: number): boolean => distance(point, at, aspect) <= reach;

/** The shape that a pointer means: a line that it is near, else the topmost zone that it is in. */
export function hit(shapes: readonly Shape[], at: Point, aspect: number): Shape | undefined {
  const topFirst = shapes.toReversed();
  const line = topFirst.find(({ kind, points }) => kind === 'line' && distanceToLine(points, at, aspect) <= reach);
  return line ?? topFirst.find(({ kind, points }) => kind === 'zone' && isInside(points, at));
}

/** What is wrong with a shape: what was expected, what it is. */
export function troubleOf({ kind, name, points }: Shape): Trouble | undefined {
  const wrong = (text: string): Trouble => ({ text, warns: false });
  if (!Name.safeParse(name).success) return wrong(`Expected a name of 1 to 100 characters, got ${name.trim().length}.`);
  const outside = points.flat().find((value) => !(value >= 0 && value <= 1));
  if (outside !== undefined) return wrong(`Expected points in the picture (0 to 100 %), got ${percent(outside)}.`);
  return kind === 'line' ? lineTrouble(points, wrong) : zoneTrouble(points, wrong);
}

function lineTrouble([from, to]: readonly Point[], wrong: (text: string) => Trouble): Trouble | undefined {
  if (!from || !to) return wrong('Expected two ends.');
  const length = distance(from, to, 1);
  return length < shortestLine
    ? wrong(`Expected a line of at least ${percent(shortestLine)} of the picture, got ${percent(length)}.`)
    : undefined;
}

function zoneTrouble(points: Point[], wrong: (text: string) => Trouble): Trouble | undefined {
  const count = points.length;
  if (count < 3 || count > mostPoints) return wrong(`Expected 3 to ${mostPoints} points, got ${count}.`);
  if (crossesItself(points))
    return { text: 'Its edges cross: only what lies in an odd number of loops counts.', warns: true };
  const area = areaOf(points);
  return area < smallestArea
    ? wrong(`Expected at least ${percent(smallestArea)} of the picture, got ${percent(area)}.`)
    : undefined;
}

export const percent = (value: number): string => `${Math.round(value * 10_000) / 100} %`;

/** Whether two edges of a polygon cross, apart from neighbours, which always meet. */
export function crossesItself(points: readonly Point[]): boolean {
  const edges = edgesOf(points);
  return edges.some((one, n) =>
    edges.some((other, m) => m > n + 1 && !(n === 0 && m === edges.length - 1) && cross(one, other)),
  );
}

const edgesOf = (points: readonly Point[]): [Point, Point][] =>
  points.map((point, n) => [point, points[(n + 1) % points.length] ?? point]);

const cross = ([a, b]: [Point, Point], [c, d]: [Point, Point]) =>
  side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;

/** Above 0 when a point is right of the way from one to another, on a screen. */
const side = ([x, y]: Point, [toX, toY]: Point, [px, py]: Point) => (toX - x) * (py - y) - (toY - y) * (px - x);

const isInside = (points: readonly Point[], [x, y]: Point) =>
  edgesOf(points).filter(([[x1, y1], [x2, y2]]) => y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1)
    .length %
    2 ===
  1;

const distance = ([x, y]: Point, [toX, toY]: Point, aspect: number) => Math.hypot((toX - x) * aspect, toY - y);

function distanceToLine([from, to]: readonly Point[], at: Point, aspect: number): number {
  if (!from || !to) return Number.POSITIVE_INFINITY;
  const [along, down] = [(to[0] - from[0]) * aspect, to[1] - from[1]];
  const length = along ** 2 + down ** 2;
  const part = length === 0 ? 0 : ((at[0] - from[0]) * aspect * along + (at[1] - from[1]) * down) / length;
  const near = Math.max(0, Math.min(1, part));
  return distance([from[0] + near * (to[0] - from[0]), from[1] + near * (to[1] - from[1])], at, aspect);
}
