import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  crossesItself,
  hit,
  insertPoint,
  isNear,
  marksOf,
  movePoint,
  type Point,
  removePoint,
  type Shape,
  shapesOf,
  troubleOf,
} from './shape.ts';

const square: Point[] = [
  [0.2, 0.2],
  [0.6, 0.2],
  [0.6, 0.6],
  [0.2, 0.6],
];
const zone: Shape = { kind: 'zone', id: 'gate', name: 'Gate', points: square };
const line: Shape = {
  kind: 'line',
  id: 'kerb',
  name: 'Kerb',
  points: [
    [0, 0.5],
    [1, 0.5],
  ],
};

test('marks become shapes and marks again', () => {
  const marks = marksOf([zone, line]);
  assert.deepEqual(marks.lines, [{ id: 'kerb', name: 'Kerb', from: [0, 0.5], to: [1, 0.5] }]);
  assert.deepEqual(shapesOf(marks), [zone, line]);
});

test('a pointer means the line that it is near, else the topmost zone that it is in', () => {
  const above = { ...zone, id: 'above' };
  assert.equal(hit([zone, line], [0.4, 0.51], 2), line);
  assert.equal(hit([zone, above, line], [0.4, 0.3], 2), above);
  assert.equal(hit([zone, line], [0.7, 0.3], 2), undefined);
});

test('near means the same on a screen in either direction, however wide the picture', () => {
  assert.equal(isNear([0.5, 0.5], [0.52, 0.5], 1), true);
  assert.equal(isNear([0.5, 0.5], [0.52, 0.5], 2), false);
  assert.equal(isNear([0.5, 0.5], [0.5, 0.52], 2), true);
});

test('a point that is moved stays in the picture', () => {
  assert.deepEqual(movePoint(zone, 1, [1.3, -0.2]).points[1], [1, 0]);
});

test('points come in between, also behind the last, and go while three are left', () => {
  const more = insertPoint(zone, 3, [0.1, 0.4]);
  assert.deepEqual(more.points.at(-1), [0.1, 0.4]);
  const fewer = removePoint(removePoint(more, 4), 0);
  assert.equal(fewer.points.length, 3);
  assert.equal(removePoint(fewer, 0), fewer);
  assert.equal(removePoint(line, 0), line);
});

test('what is wrong is told with what was expected and what came', () => {
  assert.equal(troubleOf(zone), undefined);
  assert.equal(troubleOf(line), undefined);
  const told = (shape: Partial<Shape>, of = zone) => troubleOf({ ...of, ...shape })?.text;
  assert.equal(told({ points: square.slice(2) }), 'Expected 3 to 50 points, got 2.');
  assert.equal(told({ name: ' ' }), 'Expected a name of 1 to 100 characters, got 0.');
  assert.match(told({ points: [...square, [1.2, 0.1]] }) ?? '', /in the picture .* got 120 %/);
  assert.match(told({ points: [...square.slice(0, 2), [0.4, 0.2]] }) ?? '', /at least 0.01 % .* got 0 %/);
  const short: Point[] = [
    [0.1, 0.1],
    [0.1, 0.105],
  ];
  assert.match(told({ points: short }, line) ?? '', /at least 1 % .* got 0.5 %/);
});

test('edges that cross are told, and can be saved', () => {
  const [a = [0, 0], b = [0, 0], c = [0, 0], d = [0, 0]] = square;
  assert.equal(crossesItself(square), false);
  assert.equal(crossesItself([a, c, b, d]), true);
  assert.equal(troubleOf({ ...zone, points: [a, c, b, d] })?.warns, true);
});
