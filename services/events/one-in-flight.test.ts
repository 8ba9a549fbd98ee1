import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OneInFlight } from './one-in-flight.ts';

test('a piece begins when the one before has ended, and whoever hands it in goes on at once', async () => {
  const told: string[] = [];
  const first = Promise.withResolvers<void>();
  const pieces = new OneInFlight();
  await pieces.next(() => first.promise);
  const second = pieces.next(async () => void told.push('second'));
  told.push('handed in');
  first.resolve();
  await second;
  await pieces.ended();
  assert.deepEqual(told, ['handed in', 'second']);
});

test('after a piece that failed nothing begins', async () => {
  const pieces = new OneInFlight();
  await pieces.next(() => Promise.reject(new Error('no room')));
  await assert.rejects(
    pieces.next(async () => assert.fail('began')),
    /no room/,
  );
  await assert.rejects(pieces.ended(), /no room/);
});
