import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DetectedObject } from '@sightline/contracts/detection';
import { carriedAtMostMs, Timeline } from './timeline.ts';

const object = (x: number, track?: string): DetectedObject => ({
  class: 'person',
  score: 1,
  box: [x, 0.2, 0.1, 0.3],
  ...(track ? { track } : {}),
});
const tick = 90;

function timeline(...analysed: [ms: number, ...objects: DetectedObject[]][]): Timeline {
  const made = new Timeline();
  for (const [ms, ...objects] of analysed) made.add({ rtp: ms * tick, objects });
  return made;
}
const drawn = (made: Timeline, ms: number) =>
  made.place(ms * tick, 2).objects.map(({ box, predicted }) => [Number(box[0].toFixed(3)), predicted]);

test('an analysed frame gets its own boxes', () => {
  assert.deepEqual(drawn(timeline([0, object(0.1, '1')], [100, object(0.2, '1')]), 100), [[0.2, false]]);
});

test('between two analysed frames a box stands between', () => {
  assert.deepEqual(drawn(timeline([0, object(0.1, '1')], [100, object(0.2, '1')]), 50), [[0.15, false]]);
});

test('who is in one of the two only is not drawn between them', () => {
  assert.deepEqual(drawn(timeline([0, object(0.1, '1')], [100, object(0.2, '2')]), 50), []);
});

test('beyond the last analysed frame a box goes on as it went, and is said to be predicted', () => {
  assert.deepEqual(drawn(timeline([0, object(0.1, '1')], [100, object(0.2, '1')]), 150), [[0.25, true]]);
});

test('a prediction ends', () => {
  const made = timeline([0, object(0.1, '1')], [100, object(0.11, '1')]);
  assert.equal(drawn(made, 100 + carriedAtMostMs).length, 1);
  assert.deepEqual(drawn(made, 101 + carriedAtMostMs), []);
});

test('who has left the picture is not drawn at its edge', () => {
  assert.deepEqual(drawn(timeline([0, object(0.7, '1')], [100, object(0.85, '1')]), 400), []);
});

test('before the first analysed frame nothing is drawn', () => {
  assert.deepEqual(drawn(timeline([100, object(0.1, '1')]), 50), []);
});

test('what is told later of an earlier frame finds its place', () => {
  const made = timeline([200, object(0.3, '1')], [100, object(0.2, '1')]);
  assert.deepEqual(drawn(made, 100), [[0.2, false]]);
});

test('one frame told an object at a time is whole, and nothing is twice', () => {
  const made = timeline([0, object(0.1)], [0, object(0.1), object(0.5)]);
  assert.deepEqual(drawn(made, 0), [
    [0.1, false],
    [0.5, false],
  ]);
});
