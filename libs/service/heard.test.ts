import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hearsay, silentAfterMs } from './heard.ts';

test('what is said again is fresh, what is only read again is not', () => {
  const clock = { now: 0 };
  const heard = new Hearsay<{ at: string }>(() => clock.now);
  const isFresh = () => {
    const last = heard.of('gate');
    return last && heard.isFresh(last);
  };
  heard.hear('gate', { at: 'first' });
  clock.now = silentAfterMs;
  assert.equal(isFresh(), false);
  heard.hear('gate', { at: 'first' });
  assert.equal(isFresh(), false);
  heard.hear('gate', { at: 'second' });
  assert.equal(isFresh(), true);
  heard.forget('gate');
  assert.equal(isFresh(), undefined);
});
