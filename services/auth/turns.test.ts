import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Turns } from './turns.ts';

test('work of one key goes one after the other, also after a failure; that of another does not wait', async () => {
  const turns = new Turns();
  const done: string[] = [];
  const slow = Promise.withResolvers<void>();
  const first = turns.take('ann', async () => {
    await slow.promise;
    done.push('first');
    throw new Error('wrong');
  });
  const second = turns.take('ann', async () => done.push('second'));
  await turns.take('bob', async () => done.push('other'));
  slow.resolve();
  await assert.rejects(first, /wrong/);
  await second;
  assert.deepEqual(done, ['other', 'first', 'second']);
});
