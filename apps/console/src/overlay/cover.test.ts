import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DetectedObject } from '@sightline/contracts/detection';
import { coverOf, coversOf } from './cover.ts';

const face = (track: string | undefined, x: number): DetectedObject => ({
  class: 'face',
  score: 1,
  box: [x, 0.4, 0.1, 0.1],
  ...(track === undefined ? {} : { track }),
});
const placed = (object: DetectedObject, predicted = false) => ({ ...object, predicted });
const xs = (covers: readonly DetectedObject[]) => covers.map(({ box }) => box[0]);
const rounded = (box: readonly number[]) => box.map((side) => Number(side.toFixed(3)));

test('only what is to be covered is, each track once, where it stands on the frame', () => {
  const person = placed({ ...face('9', 0.7), class: 'person' });
  const covers = coversOf([placed(face('1', 0.2)), person], [face('1', 0.1), face('1', 0.3)], ['face']);
  assert.deepEqual(xs(covers), [0.2]);
});

test('a face that the detector missed on this frame is covered where it was seen nearest', () => {
  const covers = coversOf([placed(face('1', 0.2))], [face('2', 0.5), face('2', 0.6), face(undefined, 0.8)], ['face']);
  assert.deepEqual(xs(covers), [0.2, 0.5, 0.8]);
  assert.deepEqual(
    covers.map(({ predicted }) => predicted),
    [false, true, true],
  );
});

test('what is not on its very frame is covered more widely, and never beyond the picture', () => {
  assert.deepEqual(rounded(coverOf(placed(face('1', 0.4)), true)), [0.385, 0.385, 0.13, 0.13]);
  assert.deepEqual(rounded(coverOf(placed(face('1', 0.4)), false)), [0.35, 0.35, 0.2, 0.2]);
  assert.deepEqual(rounded(coverOf(placed(face('1', 0.4), true), true)), [0.35, 0.35, 0.2, 0.2]);
  assert.deepEqual(rounded(coverOf(placed(face('1', 0.95)), false)), [0.9, 0.35, 0.1, 0.2]);
});
