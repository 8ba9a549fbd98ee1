import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeyedMutex } from './keyed-mutex.ts';

test('work of one key goes one after the other, also after a failure; that of another does not wait', async () => {
  const mutex = new KeyedMutex();
  const done: string[] = [];
  const slow = Promise.withResolvers<void>();
  const first = mutex.run('ann', async () => {
    await slow.promise;
    done.push('first');
    throw new Error('wrong');
  });
  const second = mutex.run('ann', async () => done.push('second'));
  await mutex.run('bob', async () => done.push('other'));
  slow.resolve();
  await assert.rejects(first, /wrong/);
  await second;
  assert.deepEqual(done, ['other', 'first', 'second']);
});
