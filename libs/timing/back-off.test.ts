import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BackOff } from './back-off.ts';

const slowest = () => new BackOff({ firstMs: 300, longestMs: 2_000, random: () => 1 });

test('pauses double up to the limit', () => {
  const backOff = slowest();
  assert.deepEqual(
    [1, 2, 3, 4, 5].map(() => backOff.next()),
    [300, 600, 1_200, 2_000, 2_000],
  );
});

test('an attempt that had a limit of its own is waited after for no longer', () => {
  const backOff = slowest();
  assert.deepEqual(
    [200, 5_000, 5_000, 5_000].map((longestMs) => backOff.next({ longestMs })),
    [200, 600, 1_200, 2_400],
  );
});

test('an attempt that held for a while makes the next pause short again', () => {
  const backOff = new BackOff({ firstMs: 300, longestMs: 2_000, healthyMs: 5_000, random: () => 1 });
  assert.deepEqual(
    [0, 4_999, 5_000, 0].map((heldMs) => backOff.next({ heldMs })),
    [300, 600, 300, 600],
  );
});

test('pauses of many do not fall together: jitter takes away at most half', () => {
  assert.equal(new BackOff({ firstMs: 300, longestMs: 2_000, random: () => 0 }).next(), 150);
});

test('health begins anew', () => {
  const backOff = slowest();
  backOff.next();
  backOff.next();
  backOff.reset();
  assert.equal(backOff.next(), 300);
});
