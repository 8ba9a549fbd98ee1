import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Flushable, Flusher, waitMsFor } from './flusher.ts';
import type { Joiner } from './joiner.ts';

/** Something to flush, and a promise of the joiner that it is given. */
function flushable(onFlush: () => void = () => {}): Flushable & { flushed: Promise<Joiner> } {
  const { promise, resolve } = Promise.withResolvers<Joiner>();
  return {
    flushed: promise,
    flush(joiner) {
      onFlush();
      resolve(joiner);
    },
  };
}

const failing = (error: unknown) => {
  throw error;
};

test('boxes to a few sockets wait for 16 ms, those to a crowd up to 28', () => {
  assert.deepEqual([1, 240, 300, 420, 1_000].map(waitMsFor), [16, 16, 20, 28, 28]);
});

test('those that are added together are flushed together', async () => {
  const flusher = new Flusher(failing);
  const all = Array.from({ length: 300 }, () => flushable());
  for (const each of all) flusher.add(each);
  const joiners = await Promise.all(all.map(({ flushed }) => flushed));
  assert.equal(new Set(joiners).size, 1);
});

test('what is added while others are flushed goes with the next flush', async () => {
  const flusher = new Flusher(failing);
  const late = flushable();
  const first = flushable(() => flusher.add(late));
  flusher.add(first);
  assert.notEqual(await first.flushed, await late.flushed);
});

test('what is offered until a flush begins with the same, and anew from then on', async () => {
  const flusher = new Flusher(failing);
  const before = flusher.empty;
  let during: unknown;
  const each = flushable(() => {
    during = flusher.empty;
  });
  flusher.add(each);
  assert.equal(flusher.empty, before);
  await each.flushed;
  assert.notEqual(during, before);
});

test('boxes that cannot be told are left out, and all others are told', async () => {
  const failures: unknown[] = [];
  const flusher = new Flusher((error) => void failures.push(error));
  const broken = flushable(() => {
    throw new SyntaxError('no JSON');
  });
  const [before, after, later] = [flushable(), flushable(), flushable()];
  for (const each of [before, broken, broken, after]) flusher.add(each);
  await Promise.all([before.flushed, after.flushed]);
  flusher.add(later);
  await later.flushed;
  assert.deepEqual(failures, [new SyntaxError('no JSON')]);
});
