import assert from 'node:assert/strict';
import { test } from 'node:test';
import { duration } from './time.ts';

const [second, minute, hour] = [1_000, 60_000, 3_600_000];

test('a duration has the two largest units that matter', () => {
  assert.equal(duration(12.9 * second), '12 s');
  assert.equal(duration(3 * minute + 5 * second), '3 min 5 s');
  assert.equal(duration(2 * hour + 10 * minute), '2 h 10 min');
  assert.equal(duration(50 * hour), '2 days');
});

test('a clock that is ahead makes no negative time', () => {
  assert.equal(duration(-5), '0 s');
});
