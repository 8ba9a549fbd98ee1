import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Throttle } from './throttle.ts';

function atTime() {
  const clock = { now: 0 };
  return { clock, throttle: new Throttle({ limit: 3, windowMs: 60_000, now: () => clock.now }) };
}

test('a name is locked after too many failures, others are not', () => {
  const { throttle } = atTime();
  for (let i = 0; i < 3; i += 1) throttle.failed('ann');
  assert.equal(throttle.waitSeconds('ann'), 60);
  assert.equal(throttle.waitSeconds('bob'), 0);
});

test('the lock ends by itself', () => {
  const { clock, throttle } = atTime();
  for (let i = 0; i < 3; i += 1) throttle.failed('ann');
  clock.now = 60_000;
  assert.equal(throttle.waitSeconds('ann'), 0);
});

test('a success forgets the failures before it', () => {
  const { throttle } = atTime();
  throttle.failed('ann');
  throttle.failed('ann');
  throttle.succeeded('ann');
  throttle.failed('ann');
  assert.equal(throttle.waitSeconds('ann'), 0);
});
