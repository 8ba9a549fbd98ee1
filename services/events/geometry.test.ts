import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Point } from '@sightline/contracts';
import fc from 'fast-check';
import { crosses, depthIn, sideOf, thicknessOf } from './geometry.ts';

const square: Point[] = [
  [0.2, 0.2],
  [0.8, 0.2],
  [0.8, 0.8],
  [0.2, 0.8],
];
/** A square from which the right half of the lower half is missing. */
const corner: Point[] = [
  [0, 0],
  [1, 0],
  [1, 0.5],
  [0.5, 0.5],
  [0.5, 1],
  [0, 1],
];
const share = fc.double({ min: 0, max: 1, noNaN: true });
const point: fc.Arbitrary<Point> = fc.tuple(share, share);
const near = (value: number, expected: number) =>
  assert.ok(Math.abs(value - expected) < 1e-9, `${value} is not ${expected}`);

test('depth is the distance from the nearest edge, negative outside, also where a zone has a dent', () => {
  near(depthIn(square, [0.5, 0.3]), 0.1);
  near(depthIn(square, [0.5, 0.1]), -0.1);
  near(depthIn(square, [0.1, 0.1]), -Math.hypot(0.1, 0.1));
  near(depthIn(corner, [0.75, 0.75]), -0.25);
  near(depthIn(corner, [0.25, 0.75]), 0.25);
});

test('it does not matter where a polygon begins or which way around it goes', () => {
  fc.assert(
    fc.property(point, fc.nat(5), (at, from) => {
      const turned = [...corner.slice(from), ...corner.slice(0, from)];
      near(depthIn(turned, at), depthIn(corner, at));
      near(depthIn(turned.toReversed(), at), depthIn(corner, at));
    }),
  );
});

test('the depth changes by no more than the point has moved', () => {
  fc.assert(
    fc.property(point, point, (from, to) => {
      const moved = Math.hypot(to[0] - from[0], to[1] - from[1]);
      assert.ok(Math.abs(depthIn(corner, to) - depthIn(corner, from)) <= moved + 1e-9);
    }),
  );
});

test('somewhere in a rectangle it is as deep as it is thick', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (width, height) => {
        const polygon: Point[] = [
          [0, 0],
          [width, 0],
          [width, height],
          [0, height],
        ];
        assert.ok(depthIn(polygon, [width / 2, height / 2]) >= thicknessOf(polygon));
      },
    ),
  );
});

test('right of a line that goes to the right is below it', () => {
  near(sideOf([0, 0.5], [1, 0.5], [0.3, 0.7]), 0.2);
  near(sideOf([1, 0.5], [0, 0.5], [0.3, 0.7]), -0.2);
});

test('segments cross where they meet, not where they would if they were longer', () => {
  const line: [Point, Point] = [
    [0.2, 0.5],
    [0.8, 0.5],
  ];
  assert.equal(
    crosses(
      [
        [0.5, 0.2],
        [0.5, 0.8],
      ],
      line,
    ),
    true,
  );
  assert.equal(
    crosses(
      [
        [0.9, 0.2],
        [0.9, 0.8],
      ],
      line,
    ),
    false,
  );
  assert.equal(
    crosses(
      [
        [0.5, 0.1],
        [0.5, 0.4],
      ],
      line,
    ),
    false,
  );
});
