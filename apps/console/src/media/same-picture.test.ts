import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Novelty } from './same-picture.ts';

const picture = (...values: number[]) => new Uint8ClampedArray(values);

test('pictures that change are new', () => {
  const novelty = new Novelty();
  for (let second = 0; second < 10; second += 1) novelty.see(picture(10, second * 5, 30), second * 1_000);
  assert.equal(novelty.sameForMs(9_500), 500);
});

test('the same picture over and over is as old as its first', () => {
  const novelty = new Novelty();
  for (let second = 0; second < 10; second += 1) novelty.see(picture(10, 20 + (second % 2), 30), second * 1_000);
  assert.equal(novelty.sameForMs(9_000), 9_000);
});

test('two codings of one picture by turns are no news', () => {
  const novelty = new Novelty();
  for (let second = 0; second < 10; second += 1) novelty.see(picture(10, second % 2 ? 20 : 40), second * 1_000);
  assert.equal(novelty.sameForMs(9_000), 8_000);
});

test('before the first picture nothing is old', () => assert.equal(new Novelty().sameForMs(5_000), 0));
