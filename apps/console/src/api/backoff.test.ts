import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoff } from './backoff.ts';

const slowest = () => backoff({ firstMs: 100, longestMs: 350, random: () => 1 });

test('pauses grow up to the longest one', () => {
  const pauses = slowest();
  assert.deepEqual(
    [0, 0, 0, 0].map((worked) => pauses.next(worked)),
    [100, 200, 350, 350],
  );
});

test('a try that held for a while makes the next pause short again', () => {
  const pauses = slowest();
  pauses.next(0);
  pauses.next(0);
  assert.equal(pauses.next(5_000), 100);
});

test('pauses of many viewers do not fall together', () => {
  assert.equal(backoff({ firstMs: 100, longestMs: 350, random: () => 0 }).next(0), 50);
});
