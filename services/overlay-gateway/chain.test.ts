import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chain } from './chain.ts';

test('who adds the same to the same is given the same', () => {
  const empty = new Chain<string>();
  assert.equal(empty.with('a').with('b'), empty.with('a').with('b'));
  assert.notEqual(empty.with('a').with('b'), empty.with('b').with('a'));
  const [a, b, c] = ['a', 'b', 'c'].map((item) => empty.with(item));
  assert.deepEqual(
    ['c', 'a', 'b', 'a'].map((item) => empty.with(item)),
    [c, a, b, a],
  );
  assert.equal(new Set([a, b, c]).size, 3);
});

test('a chain lists what was added, and is not changed by what is added to it', () => {
  const one = new Chain<string>().with('a');
  const two = one.with('b');
  const other = one.with('c');
  assert.deepEqual([one.items, two.items, other.items], [['a'], ['a', 'b'], ['a', 'c']]);
});
