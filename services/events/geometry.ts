import { areaOf, type Point } from '@sightline/contracts';

type Polygon = readonly Point[];
type Segment = readonly [Point, Point];

/** How far a point is inside a polygon (even-odd rule), from its nearest edge; negative when it is outside. */
export function depthIn(polygon: Polygon, point: Point): number {
  const edges = edgesOf(polygon);
  const distance = Math.min(...edges.map((edge) => distanceTo(edge, point)));
  const inside = edges.filter((edge) => isRightOf(edge, point)).length % 2 === 1;
  return inside ? distance : -distance;
}

/** Some point of a polygon is at least so far inside it: its area by its circumference. */
export function thicknessOf(polygon: Polygon): number {
  const around = edgesOf(polygon).reduce((sum, [from, to]) => sum + lengthOf(from, to), 0);
  return around === 0 ? 0 : areaOf([...polygon]) / around;
}

/** How far a point is right of the endless line through two points, as seen when looking from one to the other; negative: left. */
export function sideOf(from: Point, to: Point, [x, y]: Point): number {
  const [along, down] = [to[0] - from[0], to[1] - from[1]];
  return (along * (y - from[1]) - down * (x - from[0])) / Math.hypot(along, down);
}

/** Whether two segments have a point in common, apart from those that lie in one line. */
export function crosses([a, b]: Segment, [c, d]: Segment): boolean {
  return areApart(c, d, a, b) && areApart(a, b, c, d);
}

const areApart = (from: Point, to: Point, a: Point, b: Point) => sideOf(from, to, a) * sideOf(from, to, b) <= 0;

const edgesOf = (polygon: Polygon): Segment[] =>
  polygon.map((point, n) => [point, polygon[(n + 1) % polygon.length] ?? point]);

const lengthOf = ([x, y]: Point, [toX, toY]: Point) => Math.hypot(toX - x, toY - y);

/** Whether a ray from the point to the right meets the edge. */
function isRightOf([[x1, y1], [x2, y2]]: Segment, [x, y]: Point): boolean {
  return y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1;
}

function distanceTo([from, to]: Segment, point: Point): number {
  const [along, down] = [to[0] - from[0], to[1] - from[1]];
  const length = along ** 2 + down ** 2;
  const share = length === 0 ? 0 : ((point[0] - from[0]) * along + (point[1] - from[1]) * down) / length;
  const near = Math.max(0, Math.min(1, share));
  return lengthOf([from[0] + near * along, from[1] + near * down], point);
}
