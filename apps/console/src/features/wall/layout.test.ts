import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WallPlaces } from '@sightline/contracts/http/preferences';
import { footHeight, type Grid, gridFor } from './layout.ts';

const screen = { width: 1600, height: 900 };
const phone = { width: 390, height: 780 };
const small = { large: false };
const large = { large: true };
const grid = (tiles: number, places: WallPlaces = 'all', window = screen): Grid =>
  gridFor({ tiles: Array.from({ length: tiles }, () => small), places, ...window });

test('pictures are as large as the window lets them', () => {
  const columns = [1, 2, 3, 4, 6, 9, 12, 20].map((tiles) => grid(tiles).columns);
  assert.deepEqual(columns, [1, 2, 2, 2, 3, 3, 4, 5]);
});

test('all rows of a wall that fits fill the window', () => {
  assert.equal(grid(4).rowHeight, 448);
});

test('a chosen number of places is a square, however many cameras there are', () => {
  assert.deepEqual(grid(100, 9), { columns: 3, rowHeight: 297 });
  assert.deepEqual(grid(2, 1), { columns: 1, rowHeight: 900 });
});

test('very many cameras scroll rather than become stamps', () => {
  assert.equal(grid(200).columns, 7);
});

test('a phone stacks them at the width of the screen', () => {
  assert.deepEqual(grid(3, 'all', phone), { columns: 1, rowHeight: 219 + footHeight });
  assert.equal(grid(3, 4, phone).columns, 2);
});

test('a large tile takes two places by two, and the window is still filled', () => {
  const free = gridFor({ tiles: [large, small, small, small, small, small], places: 'free', ...screen });
  assert.deepEqual(free, { columns: 3, rowHeight: 297 });
});

test('no tile is one place', () => {
  assert.equal(grid(0).columns, 1);
});
