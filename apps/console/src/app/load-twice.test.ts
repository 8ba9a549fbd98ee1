import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadTwice } from './load-twice.ts';

function failing(times: number) {
  const tries: number[] = [];
  const load = async () => {
    tries.push(tries.length);
    if (tries.length <= times) throw new Error(`try ${tries.length}`);
    return 'page';
  };
  return { tries, load };
}

test('what loads is loaded once', async () => {
  const { tries, load } = failing(0);
  assert.deepEqual([await loadTwice(load, 1), tries.length], ['page', 1]);
});

test('what fails once is tried once more, and no more often', async () => {
  assert.equal(await loadTwice(failing(1).load, 1), 'page');
  await assert.rejects(loadTwice(failing(2).load, 1), /try 2/);
});
