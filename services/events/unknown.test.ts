import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StreamEntry } from './redis.ts';
import { Unknown } from './unknown.ts';

const entry = (n: number, size = 1): StreamEntry => ({ id: `${n}-0`, data: 'x'.repeat(size), traceparent: undefined });

test('entries of cameras that nobody knows are given back once they are due', (t) => {
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  const unknown = new Unknown();
  unknown.keep(entry(1));
  assert.deepEqual(unknown.due(), []);
  now = 3_000;
  assert.deepEqual(unknown.due(), [entry(1)]);
  assert.deepEqual(unknown.due(), []);
});

test('only so many are kept, and only so much of them, until some were given back', (t) => {
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  const [few, large] = [new Unknown(), new Unknown()];
  for (let n = 0; n < 10_000; n += 1) assert.ok(few.keep(entry(n)));
  assert.equal(few.keep(entry(10_000)), false);
  assert.ok(large.keep(entry(1, 31_000_000)));
  assert.equal(large.keep(entry(2, 2_000_000)), false);
  assert.ok(large.keep(entry(1, 31_000_000)), 'the same again takes no more room');
  now = 3_000;
  large.due();
  assert.ok(large.keep(entry(2, 2_000_000)));
});
