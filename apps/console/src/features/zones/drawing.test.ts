import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begin, changeShape, deleteShape, drawingOf, finish, setPoint, undo } from './drawing.ts';
import type { Point } from './shape.ts';

const empty = drawingOf({ zones: [], lines: [] });
const corners: Point[] = [
  [0.1, 0.1],
  [0.5, 0.1],
  [0.5, 0.5],
];
const draw = (kind: 'zone' | 'line', points: Point[]) =>
  points.reduce((drawing, at) => setPoint(drawing, at, 1), begin(empty, kind, 'a'));

test('a zone is closed on its first point, or when it is said to be done, and then chosen', () => {
  const closed = setPoint(draw('zone', corners), [0.11, 0.1], 1);
  assert.deepEqual(closed.shapes, [{ kind: 'zone', id: 'a', name: 'Zone 1', points: corners }]);
  assert.equal(closed.chosen, 'zone a');
  assert.equal(closed.pen, undefined);
  assert.deepEqual(finish(draw('zone', corners)), closed);
});

test('two points are no zone yet, and a line', () => {
  const two = corners.slice(0, 2);
  assert.deepEqual(finish(draw('zone', two)).shapes, []);
  assert.deepEqual(draw('line', two).shapes[0]?.points, two);
});

test('what was done is taken back step by step: points of the pen first, then what was deleted', () => {
  const drawn = draw('zone', corners);
  assert.equal(undo(drawn).pen?.points.length, 2);
  const done = finish(drawn);
  const [shape] = done.shapes;
  assert.ok(shape);
  const gone = deleteShape(done, shape);
  assert.deepEqual(gone.shapes, []);
  assert.deepEqual(undo(gone).shapes, [shape]);
  assert.deepEqual(undo(undo(gone)).shapes, []);
});

test('a change that goes on is one step', () => {
  const done = draw('line', corners.slice(0, 2));
  const [line] = done.shapes;
  assert.ok(line);
  const moved = changeShape(changeShape(done, { ...line, name: 'K' }), { ...line, name: 'Kerb' }, false);
  assert.equal(undo(moved).shapes[0]?.name, 'Line 1');
});
