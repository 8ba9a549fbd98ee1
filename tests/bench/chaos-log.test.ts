import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortRun } from './short-run.ts';

test('chaos:log loses, doubles and swaps nothing at any end', { timeout: 290_000 }, async () => {
  const { bench, goals, stdout } = await shortRun('chaos-log');
  assert.equal(bench, 'chaos-log');
  assert.deepEqual(
    goals.map(({ name, value }) => [name, value]),
    [
      ['lost', 0],
      ['twice', 0],
      ['out_of_order', 0],
    ],
    stdout,
  );
});
