import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecentIds } from './recent-ids.ts';

test('an id is new once, as long as it is among the last ones', () => {
  const ids = new RecentIds(4);
  assert.deepEqual(
    ['a', 'a', 'b', 'a'].map((id) => ids.add(id)),
    [true, false, true, false],
  );
  for (const id of ['c', 'd', 'e', 'f']) ids.add(id);
  assert.equal(ids.add('a'), true);
});
