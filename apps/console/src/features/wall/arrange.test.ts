import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrange, moved, pageOf, rowsFor } from './arrange.ts';

const cameras = ['a', 'b', 'c'].map((id) => ({ id }));
const places = (...ids: string[]) => ids.map((camera) => ({ camera, large: false }));
const small = { large: false };
const large = { large: true };

test('a free wall shows what was chosen, in that order, and nothing that is gone', () => {
  const free = [{ camera: 'c', large: true }, ...places('gone', 'a')];
  const shown = arrange(cameras, { places: 'free', free });
  assert.deepEqual(
    shown.map(({ camera: { id }, large: wide }) => [id, wide]),
    [
      ['c', true],
      ['a', false],
    ],
  );
});

test('a free wall for which nothing was chosen yet shows all', () => {
  assert.equal(arrange(cameras, { places: 'free', free: places('gone') }).length, 3);
});

test('more cameras than places make pages', () => {
  const tiles = Array.from({ length: 10 }, (_, index) => index);
  assert.deepEqual(pageOf(tiles, 4, 1), { tiles: [4, 5, 6, 7], page: 1, pages: 3 });
  assert.deepEqual(pageOf(tiles, 4, 9), { tiles: [8, 9], page: 2, pages: 3 });
  assert.equal(pageOf(tiles, 'all', 3).tiles.length, 10);
});

test('a camera moves by one place, and the ends hold it', () => {
  assert.deepEqual(moved(places('a', 'b', 'c'), 'a', 1), places('b', 'a', 'c'));
  assert.deepEqual(moved(places('a', 'b', 'c'), 'a', -1), places('a', 'b', 'c'));
  assert.deepEqual(moved(places('a', 'b', 'c'), 'a', 9), places('b', 'c', 'a'));
});

test('small tiles fill up the room beside large ones', () => {
  assert.equal(rowsFor([large, small, small], 3), 2);
  assert.equal(rowsFor([small, large, small], 2), 3);
  assert.equal(rowsFor([large, large], 1), 2);
});
