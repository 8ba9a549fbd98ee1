import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gapsOf, healedAfter, missed } from './gaps.ts';

const every = (stepMs: number, from: number, to: number) =>
  Array.from({ length: Math.floor((to - from) / stepMs) }, (_, index) => from + index * stepMs);
const shown = (moments: readonly number[], lateMs = 100) => moments.map((at) => ({ at, capturedAt: at - lateMs }));
const span = { start: 1_000, end: 9_000 };

test('what goes on has no gap', () => {
  assert.deepEqual(gapsOf(every(66, 0, 10_000), span, 500), []);
  assert.equal(missed(shown(every(66, 0, 10_000)), span), 0);
});

test('a pause is a gap from the last sign to the next, also when it began before', () => {
  const gaps = gapsOf([...every(100, 0, 901), ...every(100, 4_000, 10_000)], span, 500);
  assert.deepEqual(gaps, [{ from: 800, to: 4_000 }]);
  assert.equal(healedAfter(gaps, 1_500), 2.5);
});

test('what ended before the last moment has not healed', () => {
  assert.equal(healedAfter(gapsOf(every(100, 0, 3_001), span, 500), 2_000), 7);
  assert.equal(healedAfter(gapsOf([], span, 500), 2_000), 7);
});

test('a gap that ended while something was still dead has cost no time afterwards', () => {
  assert.equal(healedAfter([{ from: 2_000, to: 3_000 }], 5_000), 0);
});

test('pictures of a pause are missed', () => {
  assert.equal(missed(shown([...every(50, 0, 2_001), ...every(50, 4_000, 10_000)]), span), 30);
});

test('pictures that were left out without a pause are missed', () => {
  const pictures = [...shown(every(50, 0, 2_001), 1_500), ...shown(every(50, 2_050, 10_000), 100)];
  assert.equal(missed(pictures, span), 22);
});
