import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Lag } from './lag.ts';

test('a stream that keeps up with the clock is not late', () => {
  const lag = new Lag({ drift: 0.0002 });
  for (let second = 0; second < 60; second += 1) lag.see(second * 1_000, 500_000 + second * 1_000);
  assert.ok(lag.ms < 20, String(lag.ms));
});

test('the burst at the start is where the stream is at its best', () => {
  const lag = new Lag({ drift: 0.0002 });
  lag.see(0, 1_000);
  lag.see(500, 1_010);
  lag.see(1_500, 2_010);
  assert.ok(lag.ms < 1);
});

test('what is held back for five seconds is five seconds late, and stays so', () => {
  const lag = new Lag({ drift: 0.0002 });
  lag.see(0, 0);
  lag.see(10_000, 10_000);
  lag.see(10_100, 15_100);
  assert.ok(Math.abs(lag.ms - 5_000) < 10, String(lag.ms));
  lag.see(40_100, 45_100);
  assert.ok(Math.abs(lag.ms - 5_000) < 20, String(lag.ms));
});

test('a camera whose clock runs slow by 100 ppm is not late after a day', () => {
  const lag = new Lag({ drift: 0.0002 });
  for (let minute = 0; minute < 1_440; minute += 1) lag.see(minute * 60_000 * 0.9999, minute * 60_000);
  assert.ok(lag.ms < 100, String(lag.ms));
});
