import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortRun } from './short-run.ts';

/** Alone: beside others that write to the disk, Redis may hold its file back, and then forgets what it had acknowledged when it is killed. */
test('a short chaos:events loses and doubles nothing that Redis has acknowledged', { timeout: 200_000 }, async () => {
  const { bench, goals, stdout } = await shortRun('chaos-events');
  assert.equal(bench, 'chaos-events');
  assert.deepEqual(
    goals.map(({ name, value }) => [name, value]),
    [
      ['lost', 0],
      ['twice', 0],
    ],
    stdout,
  );
});
