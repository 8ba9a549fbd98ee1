import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { atLeast, versionIn } from './find.ts';

describe('versions', () => {
  test('the first dotted number of what a program prints is its version', () => {
    assert.equal(versionIn('go version go1.26.1 linux/amd64'), '1.26.1');
    assert.equal(versionIn('Redis server v=7.0.15 sha=00000000:0'), '7.0.15');
    assert.equal(versionIn('no number here'), undefined);
  });

  test('they are compared as numbers, part by part', () => {
    assert.equal(atLeast('1.26', '1.26'), true);
    assert.equal(atLeast('1.9', '1.26'), false);
    assert.equal(atLeast('2.0.1', '1.26'), true);
    assert.equal(atLeast('3.11.2', '3.11'), true);
  });

  test('a program without a version is too old', () => assert.equal(atLeast(undefined, '1.0'), false));
});
