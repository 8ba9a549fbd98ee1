import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WorkerClock } from './worker-clock.ts';

test('the quickest answer tells the clock of a worker', () => {
  const clock = new WorkerClock();
  assert.equal(clock.toPage(100), undefined);
  clock.answered({ askedAt: 1_000, answeredAt: 1_300, workerNow: 10 });
  clock.answered({ askedAt: 2_000, answeredAt: 2_002, workerNow: 1_001 });
  clock.answered({ askedAt: 3_000, answeredAt: 3_500, workerNow: 2_450 });
  assert.equal(clock.toPage(1_001), 2_001);
});
