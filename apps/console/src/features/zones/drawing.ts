import type { Marks } from '@sightline/contracts/zones';
import {
  insertPoint,
  intoPicture,
  isNear,
  keyOf,
  mostPoints,
  type Point,
  removePoint,
  type Shape,
  shapesOf,
} from './shape.ts';

/** What is on the drawing, what it was before each change, and what is being drawn now. */
export interface Drawing {
  shapes: readonly Shape[];
  past: readonly (readonly Shape[])[];
  /** The key of the shape that is chosen. */
  chosen: string | undefined;
  /** A shape that is not whole yet. */
  pen: Shape | undefined;
}

const fewest = { zone: 3, line: 2 } as const;
const mostSteps = 200;

export const drawingOf = (marks: Marks): Drawing => ({
  shapes: shapesOf(marks),
  past: [],
  chosen: undefined,
  pen: undefined,
});

/** Other shapes, and these as what they were; `step` is false where a change goes on that has begun. */
export function withShapes(drawing: Drawing, shapes: readonly Shape[], step = true): Drawing {
  return { ...drawing, shapes, past: step ? [...drawing.past, drawing.shapes].slice(-mostSteps) : drawing.past };
}

export const changeShape = (drawing: Drawing, shape: Shape, step = true): Drawing =>
  withShapes(
    drawing,
    drawing.shapes.map((each) => (keyOf(each) === keyOf(shape) ? shape : each)),
    step,
  );

export const deleteShape = (drawing: Drawing, shape: Shape): Drawing => ({
  ...withShapes(
    drawing,
    drawing.shapes.filter((each) => each !== shape),
  ),
  chosen: undefined,
});

export const deletePoint = (drawing: Drawing, shape: Shape, index: number): Drawing =>
  changeShape(drawing, removePoint(shape, index));

export const addPoint = (drawing: Drawing, shape: Shape, index: number, at: Point): Drawing =>
  shape.points.length < mostPoints ? changeShape(drawing, insertPoint(shape, index, at)) : drawing;

/** Takes the last change back, or the last point of what is being drawn. */
export function undo(drawing: Drawing): Drawing {
  const { pen, past } = drawing;
  if (pen) return { ...drawing, pen: pen.points.length > 0 ? { ...pen, points: pen.points.slice(0, -1) } : undefined };
  const shapes = past.at(-1);
  return shapes ? { ...drawing, shapes, past: past.slice(0, -1) } : drawing;
}

/** Takes a pen for a shape of this kind; its id is one that no shape before it had. */
export function begin(drawing: Drawing, kind: Shape['kind'], id: string): Drawing {
  const count = drawing.shapes.filter((shape) => shape.kind === kind).length + 1;
  const name = `${kind === 'zone' ? 'Zone' : 'Line'} ${count}`;
  return { ...drawing, chosen: undefined, pen: { kind, id, name, points: [] } };
}

/** Sets a point with the pen: on the first one a zone is closed, and a line is whole with its second. */
export function setPoint(drawing: Drawing, at: Point, aspect: number): Drawing {
  const { pen } = drawing;
  if (!pen) return drawing;
  const [first] = pen.points;
  if (first && pen.points.length >= fewest[pen.kind] && isNear(first, at, aspect)) return finish(drawing);
  const next = { ...drawing, pen: { ...pen, points: [...pen.points, intoPicture(at)] } };
  return pen.kind === 'line' || next.pen.points.length === mostPoints ? finish(next) : next;
}

/** Puts what is being drawn on the drawing, once it has points enough. */
export function finish(drawing: Drawing): Drawing {
  const { pen, shapes } = drawing;
  if (!pen || pen.points.length < fewest[pen.kind]) return drawing;
  return { ...withShapes(drawing, [...shapes, pen]), pen: undefined, chosen: keyOf(pen) };
}
