import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PictureLag } from './picture-lag.ts';

const frameMs = 100;
const ticks = (ms: number) => (2 ** 32 - 90_000 + ms * 90) % 2 ** 32;

test('a stream that keeps up is not late, over the wrap of its clock too', () => {
  const lag = new PictureLag();
  for (let ms = 0; ms < 5_000; ms += frameMs) lag.see(ticks(ms), ms + (ms % 300));
  assert.ok(lag.ms <= 300, String(lag.ms));
});

test('a stream that was held back for five seconds is five seconds late until it has caught up', () => {
  const lag = new PictureLag();
  for (let ms = 0; ms < 2_000; ms += frameMs) lag.see(ticks(ms), ms);
  for (let ms = 2_000; ms < 6_000; ms += frameMs) lag.see(ticks(ms), ms + 5_000);
  assert.ok(Math.abs(lag.ms - 5_000) < 25, String(lag.ms));
  lag.see(ticks(11_000), 11_000);
  assert.ok(lag.ms < 5);
});

test('a camera that counts 30 pictures a second and takes 29.97 is not late after a day', () => {
  const lag = new PictureLag();
  for (let minute = 0; minute < 1_440; minute += 1) lag.see(ticks(minute * 60_000 * 0.999), minute * 60_000);
  assert.ok(lag.ms < 100, String(lag.ms));
});

test('a new stream has a time of its own', () => {
  const lag = new PictureLag();
  lag.see(ticks(0), 0);
  lag.reset();
  lag.see(1_234_567, 90_000);
  assert.equal(lag.ms, 0);
});
