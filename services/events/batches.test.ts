import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchesOf, firstCount, nextCount } from './batches.ts';

const entry = (size: number, pictures?: number) => ({
  id: '1-0',
  data: 'x'.repeat(size),
  traceparent: undefined,
  thumbnails: pictures === undefined ? undefined : 'x'.repeat(pictures),
});
const several = (count: number, size: number) => Array.from({ length: count }, () => entry(size));

test('usual entries are finished in one batch, large ones in several, in their order', () => {
  const sizes = (entries: ReturnType<typeof several>) => batchesOf(entries).map(({ length }) => length);
  assert.deepEqual(sizes([]), []);
  assert.deepEqual(sizes(several(500, 1_000)), [500]);
  assert.deepEqual(sizes(several(40, 250_000)), [16, 16, 8]);
  assert.deepEqual(sizes([entry(5_000_000), entry(1), entry(5_000_000)]), [1, 1, 1]);
  assert.deepEqual(sizes([entry(1, 3_000_000), entry(1, 3_000_000)]), [1, 1]);
  const entries = several(40, 250_000);
  assert.deepEqual(batchesOf(entries).flat(), entries);
});

test('so many entries are asked for as are bearable at the size of those before', () => {
  assert.equal(nextCount([], firstCount), firstCount);
  assert.equal(nextCount(several(10, 1_000), firstCount), 500);
  assert.equal(nextCount(several(10, 0), firstCount), 500);
  assert.equal(nextCount(several(10, 250_000), 500), 64);
  assert.equal(nextCount([entry(20_000_000)], 500), 1);
});
