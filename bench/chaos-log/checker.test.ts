import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare, sum } from './checker.ts';

const ids = Array.from({ length: 100 }, (_, index) => `id-${index}`);
const well = { lost: 0, twice: 0, outOfOrder: 0 };

test('what is equal differs in nothing', () => {
  assert.deepEqual(compare(ids, ids), well);
});

test('a dropped event is lost, wherever it stood', () => {
  for (const at of [0, 50, 99]) assert.deepEqual(compare(ids, ids.toSpliced(at, 1)), { ...well, lost: 1 });
});

test('a doubled event is there twice, beside itself or later', () => {
  for (const at of [11, 60, 100]) assert.deepEqual(compare(ids, ids.toSpliced(at, 0, 'id-10')), { ...well, twice: 1 });
});

test('an event that nobody wrote is one too many', () => {
  assert.deepEqual(compare(ids, [...ids, 'stranger']), { ...well, twice: 1 });
});

test('swapped events are out of order', () => {
  const swapped = ids.with(3, 'id-4').with(4, 'id-3');
  assert.deepEqual(compare(ids, swapped), { ...well, outOfOrder: 1 });
});

test('the differences of several ends add up', () => {
  const one = { lost: 1, twice: 2, outOfOrder: 3 };
  assert.deepEqual(sum([one, well, one]), { lost: 2, twice: 4, outOfOrder: 6 });
});
