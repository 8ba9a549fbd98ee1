import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HoldBack } from './hold-back.ts';

/** Twenty results a second from one moment to another (s), each late by this much (ms). */
function late(hold: HoldBack, [from, to]: [number, number], lateMs: number): number {
  let target = 0;
  for (let at = from * 1_000; at < to * 1_000; at += 50) {
    hold.add(lateMs, at);
    target = hold.targetMs(at);
  }
  return target;
}

test('pictures are held back by what nearly all results need, and a margin', () => {
  assert.equal(late(new HoldBack(), [0, 5], 200), 250);
});

test('slower results raise it at once', () => {
  const hold = new HoldBack();
  late(hold, [0, 5], 80);
  assert.equal(late(hold, [5, 5.2], 400), 450);
});

test('it settles: a little less is no reason to move, much less for long is', () => {
  const hold = new HoldBack();
  late(hold, [0, 5], 200);
  assert.equal(late(hold, [5, 60], 180), 250);
  assert.equal(late(hold, [60, 100], 80), 130);
});

test('results that come before their frames need nothing', () => {
  assert.equal(late(new HoldBack(), [0, 5], -120), 0);
});
