import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeLabels } from './place-labels.ts';

const picture = { left: 0, top: 0, width: 400, height: 300 };
const box = (left: number, top: number) => ({ left, top, width: 40, height: 80 });
const label = (left: number, top: number) => ({ box: box(left, top), width: 90, height: 16 });

test('a label stands above its box', () => {
  assert.deepEqual(placeLabels([label(100, 100)], picture), [{ left: 99, top: 84 }]);
});

test('at the upper edge it stands below', () => {
  assert.deepEqual(placeLabels([label(100, 4)], picture), [{ left: 99, top: 84 }]);
});

test('at the right edge it stays on the picture', () => {
  assert.deepEqual(placeLabels([label(380, 100)], picture), [{ left: 310, top: 84 }]);
});

test('two boxes side by side do not hide the words of each other', () => {
  assert.deepEqual(placeLabels([label(100, 100), label(130, 100)], picture), [
    { left: 99, top: 84 },
    { left: 129, top: 180 },
  ]);
});
