import assert from 'node:assert/strict';
import { test } from 'node:test';
import { score } from './score.ts';

const truth = new Map([
  [1_000, 0],
  [1_067, 8],
  [1_133, 16],
]);
const shot = (clock: number, boxLeft: number | undefined) => ({ at: clock + 100, clock, boxLeft, dashed: false });

test('a box on its block is on its frame, one that is 8 pixels off is within one', () => {
  const { onFrame, withinOneFrame, biasFrames } = score([shot(1_067, 8.3), shot(1_133, 8)], truth);
  assert.deepEqual([onFrame, withinOneFrame, biasFrames], [0.5, 1, -1]);
});

test('a missing box is wrong in every figure', () => {
  const { drawn, onFrame, withinOneFrame, meanErrorPx } = score([shot(1_067, undefined)], truth);
  assert.deepEqual([drawn, onFrame, withinOneFrame, meanErrorPx], [0, 0, 0, 80]);
});

test('a frame that was not analysed does not count', () => {
  assert.equal(score([shot(1_500, 700), shot(1_000, 0)], truth).frames, 1);
});

test('the block begins again at the left', () => {
  assert.equal(score([shot(1_000, 1_192)], truth).biasFrames, -1);
});
