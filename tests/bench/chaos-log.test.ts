import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortRun } from './short-run.ts';

/** A tenth of `--quick` in events, with all its kills: what fits into a test run. */
test('chaos:log loses, doubles and swaps nothing at any end', { timeout: 200_000 }, async () => {
  const { bench, goals, stdout } = await shortRun('chaos-log', '--events=5000');
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
