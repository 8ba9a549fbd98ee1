import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Differences } from './differences.ts';
import { SeenFrames } from './seen-frames.ts';

const uneven = [0, 6_010, 11_990, 18_100, 23_950, 30_020, 36_200, 41_900, 48_000];
const even = uneven.map((_, index) => index * 6_000);

function frames(times: readonly number[]): SeenFrames {
  const seen = new SeenFrames();
  for (const ticks of times) seen.add({ rtp: ticks + 77_000, key: undefined, receivedAt: ticks / 90 });
  return seen;
}

test('four differences that are the same here and there give the offset', () => {
  const differences = new Differences();
  const seen = frames(uneven);
  const found = uneven.slice(2, 7).map((ticks) => differences.find(ticks, seen, undefined));
  assert.deepEqual(found, [undefined, undefined, undefined, undefined, 36_200 + 77_000]);
});

test('frames that come evenly are told apart by what the clocks say, and not at all without', () => {
  const find = (about: number | undefined) => {
    const differences = new Differences();
    return even
      .slice(1, 6)
      .map((ticks) => differences.find(ticks, frames(even), about))
      .at(-1);
  };
  assert.equal(find(undefined), undefined);
  assert.equal(find(36_500 + 77_000), 36_000 + 77_000);
});

test('an offset that finds no frames any more is given up', () => {
  const differences = new Differences();
  const seen = frames(uneven);
  for (const ticks of uneven.slice(0, 6)) differences.find(ticks, seen, undefined);
  const wrong = [1_000, 8_000, 15_000].map((ticks) => differences.find(ticks, seen, undefined));
  assert.equal(wrong.at(-1), undefined);
});
