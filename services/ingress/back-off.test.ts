import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BackOff } from './back-off.ts';

test('pauses double up to the limit', () => {
  const backOff = new BackOff(() => 1);
  assert.deepEqual(
    [1, 2, 3, 4, 5].map(() => backOff.next(2_000)),
    [300, 600, 1_200, 2_000, 2_000],
  );
});

test('jitter takes away at most half', () => {
  assert.equal(new BackOff(() => 0).next(2_000), 150);
});

test('health begins anew', () => {
  const backOff = new BackOff(() => 1);
  backOff.next(2_000);
  backOff.next(2_000);
  backOff.reset();
  assert.equal(backOff.next(2_000), 300);
});
