import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortRun } from './short-run.ts';

/** Connections that idle are kept for a minute, which is more than the whole of a short run. */
const keptConnections = 12;

test('a short run of soak measures memory and descriptors of every process, and none piles up', async () => {
  const { bench, goals, stdout } = await shortRun('soak');
  const [memory, descriptors, ...more] = goals;
  assert.equal(bench, 'soak');
  assert.equal(memory?.name, 'rss_growth_pct_per_hour');
  assert.equal(descriptors?.name, 'fd_growth');
  assert.deepEqual(more, []);
  assert.ok(descriptors.value <= keptConnections, stdout);
});
