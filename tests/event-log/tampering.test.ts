import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTampering } from '../../bench/chaos-tamper/tampering.ts';

test('500 random tamperings by a superuser are found by a head kept outside, and nothing else is', async () => {
  await using tampering = await openTampering(120);
  const result = await tampering.tamper(500);
  assert.deepEqual([result.found, result.falseAlarms, result.misnamed], [500, 0, 0]);
});
