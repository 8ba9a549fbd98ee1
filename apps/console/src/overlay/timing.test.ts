import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Detection } from '@sightline/contracts';
import { type Arrived, choose, isNewer } from './timing.ts';

const detection = (capturedAtUs: number) => ({ capturedAtUs }) as Detection;
const arrived = (capturedAtUs: number, at: number): Arrived => ({
  detection: detection(capturedAtUs),
  traceparent: undefined,
  at,
});

test('the newest detection is drawn until it is too old', () => {
  assert.ok(choose(arrived(1, 1_000), 2_000));
  assert.equal(choose(arrived(1, 1_000), 2_300), undefined);
  assert.equal(choose(undefined, 0), undefined);
});

test('what was captured earlier never replaces what was captured later', () => {
  assert.equal(isNewer(detection(5), arrived(10, 1_000), 1_100), false);
  assert.equal(isNewer(detection(15), arrived(10, 1_000), 1_100), true);
});

test('a worker whose clock was set back is believed again after a moment', () => {
  assert.equal(isNewer(detection(5), arrived(10, 1_000), 3_000), true);
});
