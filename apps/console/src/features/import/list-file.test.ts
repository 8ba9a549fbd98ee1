import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readList } from './list-file.ts';

const file = { name: 'list.csv', size: 20, text: async () => 'name,area,url' };

test('a list is read', async () => {
  assert.deepEqual(await readList(file), { name: 'list.csv', text: 'name,area,url' });
});

test('of a file that is too large the limit is named', async () => {
  const { trouble } = await readList({ ...file, size: 2_000_001 });
  assert.equal(trouble, 'Expected at most 2 MB, got 2.1 MB.');
});

test('a file that cannot be read says why', async () => {
  const text = () => Promise.reject(new Error('It has changed since.'));
  assert.match((await readList({ ...file, text })).trouble ?? '', /cannot be read\. It has changed since\./);
});
