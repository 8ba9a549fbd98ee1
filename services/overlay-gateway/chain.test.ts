import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chain } from './chain.ts';

test('who adds the same to the same is given the same', () => {
  const nothing = new Chain<string>();
  assert.equal(nothing.with('a').with('b'), nothing.with('a').with('b'));
  assert.notEqual(nothing.with('a').with('b'), nothing.with('b').with('a'));
});

test('a chain lists what was added, and is not changed by what is added to it', () => {
  const one = new Chain<string>().with('a');
  const two = one.with('b');
  const other = one.with('c');
  assert.deepEqual([one.items, two.items, other.items], [['a'], ['a', 'b'], ['a', 'c']]);
});
