import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DetectedObject } from '@sightline/contracts/detection';
import { Trails } from './trails.ts';

const object = (track: string | undefined, x: number): DetectedObject => ({
  class: 'person',
  score: 0.9,
  box: [x, 0.2, 0.1, 0.4],
  ...(track ? { track } : {}),
});

test('a track is the way of one object, at its feet', () => {
  const trails = new Trails();
  trails.see([object('1', 0.1), object('2', 0.7)], 0);
  trails.see([object('1', 0.2)], 100);
  const points = trails.now(100).map((trail) => trail.points.map(({ x, y }) => [x.toFixed(2), y.toFixed(2)]));
  assert.deepEqual(points, [
    [
      ['0.15', '0.60'],
      ['0.25', '0.60'],
    ],
    [['0.75', '0.60']],
  ]);
});

test('what is long past is forgotten, and what has no track leaves none', () => {
  const trails = new Trails();
  trails.see([object(undefined, 0.1)], 0);
  trails.see([object('1', 0.1)], 0);
  assert.equal(trails.now(3_000).length, 1);
  assert.equal(trails.now(5_000).length, 0);
});
