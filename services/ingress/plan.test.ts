import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plan, type Situation } from './plan.ts';

const now = 100_000;
const alone: Situation = {
  cameras: ['a', 'b', 'c', 'd'],
  held: new Set(),
  seen: new Map(),
  copies: 1,
  now,
  balancedAt: 0,
};

test('a copy that is alone takes everything', () => {
  assert.deepEqual(plan(alone), { take: ['a', 'b', 'c', 'd'], release: [], balanced: true });
});

test('two copies take half each', () => {
  assert.deepEqual(plan({ ...alone, copies: 2 }).take, ['a', 'b']);
});

test('a lease that is renewed is left alone, one that ended is free', () => {
  const seen = new Map([
    ['a', now - 1_000],
    ['b', now - 7_000],
    ['c', now - 1_000],
    ['d', now - 1_000],
  ]);
  assert.deepEqual(plan({ ...alone, copies: 2, seen }).take, ['b']);
});

test('what nobody takes is taken, even beyond the share', () => {
  const seen = new Map([
    ['c', now - 9_000],
    ['d', now - 7_000],
  ]);
  assert.deepEqual(plan({ ...alone, copies: 2, held: new Set(['a', 'b']), seen }).take, ['c']);
});

test('a copy that has long held more than its share gives one away at a time', () => {
  const held = new Set(['a', 'b', 'c', 'd']);
  assert.deepEqual(plan({ ...alone, copies: 2, held }).release, ['a']);
  assert.deepEqual(plan({ ...alone, copies: 2, held, balancedAt: now - 1_000 }).release, []);
  assert.deepEqual(plan({ ...alone, copies: 1, held }).release, []);
});
