import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from './checker.ts';

test('what was acknowledged and stored once is well, and so is what was stored without an answer', () => {
  assert.deepEqual(check(['a', 'b'], ['b', 'a', 'unanswered']), { lost: [], twice: [] });
});

test('one that is missing is lost, one that stands there again is twice', () => {
  assert.deepEqual(check(['a', 'b', 'c'], ['a', 'c', 'c', 'c']), { lost: ['b'], twice: ['c'] });
});
