import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median, percentile } from './statistics.ts';

test('percentiles are of the nearest rank', () => {
  const samples = Array.from({ length: 100 }, (_, index) => 100 - index);
  assert.equal(percentile(samples, 0.5), 50);
  assert.equal(percentile(samples, 0.99), 99);
  assert.equal(percentile(samples, 1), 100);
});

test('a single sample is every percentile, none is not a number', () => {
  assert.equal(median([7]), 7);
  assert.ok(Number.isNaN(median([])));
});
