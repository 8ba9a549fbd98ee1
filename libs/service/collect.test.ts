import assert from 'node:assert/strict';
import { PerformanceObserver } from 'node:perf_hooks';
import { type TestContext, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { collectWhenLeftAlone } from './collect.ts';

setFlagsFromString('--expose-gc');
const gc: () => void = runInNewContext('gc');

/** A clock that stands still unless it is moved, and how often the heap was collected. */
function start(t: TestContext) {
  const state = { now: 0, collected: 0 };
  t.mock.method(performance, 'now', () => state.now);
  t.mock.timers.enable({ apis: ['setInterval'] });
  const collect = async () => {
    state.collected += 1;
  };
  t.after(collectWhenLeftAlone({ collect, afterMs: 1_000 }));
  const pass = (ms: number) => {
    for (let passed = 0; passed < ms; passed += 100) {
      state.now += 100;
      t.mock.timers.tick(100);
    }
  };
  return { state, pass };
}

test('a heap that is left alone is collected again and again', (t) => {
  const { state, pass } = start(t);
  pass(900);
  assert.equal(state.collected, 0);
  pass(2_200);
  assert.equal(state.collected, 3);
});

test('a heap that is collected by itself is left alone', async (t) => {
  const { state, pass } = start(t);
  pass(900);
  const seen = Promise.withResolvers<void>();
  const observer = new PerformanceObserver(() => seen.resolve());
  observer.observe({ entryTypes: ['gc'] });
  gc();
  await seen.promise;
  observer.disconnect();
  pass(900);
  assert.equal(state.collected, 0);
  pass(100);
  assert.equal(state.collected, 1);
});
