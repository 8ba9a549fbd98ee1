import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Detection } from '@sightline/contracts/detection';
import { hideAfterMs, Timing } from './timing.ts';

const base: Detection = {
  id: 'd',
  site: 'north',
  camera: 'cam7',
  source: 'main',
  capturedAtUs: 0,
  clock: { name: 'worker', errorUs: null },
  frame: {},
  worker: { id: 'vision-1', run: 'r1' },
  model: { name: 'm', version: '1' },
  receivedAtUs: 0,
  objects: [],
};
const flat = { id: 'flat', run: 'flat' };

function timing(...arrivals: [id: string, capturedAtMs: number, at: number, rest?: Partial<Detection>][]) {
  const made = new Timing();
  for (const [id, capturedAtMs, at, rest] of arrivals) {
    const detection = { ...base, id, capturedAtUs: capturedAtMs * 1_000, ...rest };
    made.add({ detection, traceparent: undefined, at });
  }
  return made;
}
const idsAt = (made: Timing, now: number) => made.choose({ now }).map(({ detection }) => detection.id);
const person = [{ class: 'person', score: 1, box: [0, 0, 1, 1] as [number, number, number, number] }];
const face = [{ class: 'face', score: 1, box: [0, 0, 1, 1] as [number, number, number, number] }];

test('the newest detection is drawn', () => {
  assert.deepEqual(idsAt(timing(['a', 100, 1_000], ['b', 200, 1_100]), 1_150), ['b']);
});

test('a box that came too long ago is hidden', () => {
  const made = timing(['a', 100, 1_000]);
  assert.deepEqual(idsAt(made, 1_000 + hideAfterMs), ['a']);
  assert.deepEqual(idsAt(made, 1_001 + hideAfterMs), []);
});

test('what was captured earlier never replaces what was captured later', () => {
  assert.deepEqual(idsAt(timing(['late', 200, 1_000], ['early', 100, 1_100]), 1_150), ['late']);
});

test('a worker whose clock was set back is believed again after a moment', () => {
  const made = timing(['before', 9_000, 1_000], ['after', 100, 1_100], ['later', 2_100, 1_100 + hideAfterMs]);
  assert.deepEqual(idsAt(made, 1_150 + hideAfterMs), ['later']);
});

test('one frame told an object at a time is drawn whole', () => {
  const made = timing(
    ['a', 100, 1_000, { worker: flat, objects: person }],
    ['b', 100, 1_001, { worker: flat, objects: person }],
  );
  assert.deepEqual(idsAt(made, 1_010), ['a', 'b']);
});

test('two flat senders on one camera do not replace each other', () => {
  const made = timing(
    ['p', 100, 1_000, { worker: flat, objects: person }],
    ['f', 160, 1_060, { worker: flat, objects: face }],
  );
  assert.deepEqual(idsAt(made, 1_100), ['p', 'f']);
});

test('a detection that comes twice is drawn once', () => {
  assert.deepEqual(idsAt(timing(['a', 100, 1_000], ['a', 100, 1_005]), 1_010), ['a']);
});

test('the choice is the same array while nothing changes', () => {
  const made = timing(['a', 100, 1_000]);
  assert.equal(made.choose({ now: 1_010 }), made.choose({ now: 1_020 }));
});
