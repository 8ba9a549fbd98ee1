import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contain } from './fit.ts';

test('a wide picture has bars above and below', () => {
  assert.deepEqual(contain({ width: 400, height: 400 }, { width: 1600, height: 800 }), {
    left: 0,
    top: 100,
    width: 400,
    height: 200,
  });
});

test('a high picture has bars left and right', () => {
  assert.deepEqual(contain({ width: 400, height: 200 }, { width: 500, height: 500 }), {
    left: 100,
    top: 0,
    width: 200,
    height: 200,
  });
});

test('nothing fits before there is a picture', () => {
  assert.equal(contain({ width: 400, height: 200 }, { width: 0, height: 0 }), undefined);
});
