import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Joiner } from './joiner.ts';

test('sockets that are sent the same are given the same buffer', () => {
  const joiner = new Joiner();
  const [one, two] = [Buffer.from('one'), Buffer.from('two')];
  assert.equal(joiner.join([one, two]), joiner.join([one, two]));
  assert.equal(joiner.join([one, two]).toString(), 'onetwo');
  assert.equal(joiner.join([two, one]).toString(), 'twoone');
  assert.equal(joiner.join([one]), one);
  assert.equal(joiner.join([]).length, 0);
});
