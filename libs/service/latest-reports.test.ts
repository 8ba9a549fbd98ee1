import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LatestReports, silentAfterMs } from './latest-reports.ts';

test('what is said again is fresh, what is only read again is not', () => {
  const clock = { now: 0 };
  const reports = new LatestReports<{ at: string }>(() => clock.now);
  const isFresh = () => {
    const last = reports.latest('gate');
    return last && reports.isFresh(last);
  };
  reports.receive('gate', { at: 'first' });
  clock.now = silentAfterMs;
  assert.equal(isFresh(), false);
  reports.receive('gate', { at: 'first' });
  assert.equal(isFresh(), false);
  reports.receive('gate', { at: 'second' });
  assert.equal(isFresh(), true);
  reports.forget('gate');
  assert.equal(isFresh(), undefined);
});
