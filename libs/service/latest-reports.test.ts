import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LatestReports, silentAfterMs } from './latest-reports.ts';

test('what is said again is fresh, what is only read again is not', () => {
  const clock = { now: 0 };
  const received = new LatestReports<{ at: string }>(() => clock.now);
  const isFresh = () => {
    const last = received.latest('gate');
    return last && received.isFresh(last);
  };
  received.receive('gate', { at: 'first' });
  clock.now = silentAfterMs;
  assert.equal(isFresh(), false);
  received.receive('gate', { at: 'first' });
  assert.equal(isFresh(), false);
  received.receive('gate', { at: 'second' });
  assert.equal(isFresh(), true);
  received.forget('gate');
  assert.equal(isFresh(), undefined);
});
