import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gridFor } from './layout.ts';

test('tiles are as large as the window lets them', () => {
  assert.deepEqual(gridFor(1, 1600, 900), { columns: 1, rows: 1 });
  assert.deepEqual(gridFor(4, 1600, 900), { columns: 2, rows: 2 });
  assert.deepEqual(gridFor(6, 1600, 900), { columns: 3, rows: 2 });
  assert.deepEqual(gridFor(9, 1600, 900), { columns: 3, rows: 3 });
});

test('a phone stacks them', () => {
  assert.deepEqual(gridFor(3, 390, 800), { columns: 1, rows: 3 });
});

test('no tile is one place', () => {
  assert.deepEqual(gridFor(0, 1600, 900), { columns: 1, rows: 1 });
});
