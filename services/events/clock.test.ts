import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WorkerClock } from './clock.ts';

const start = 1_700_000_000_000;
const minute = 60_000;

interface Heard {
  from?: number;
  forMs: number;
  /** From capture to arrival (ms), after so many ms. */
  delay(passedMs: number): number;
}

/** Messages four times a second; the states that the clock was said to be in, one after the other. */
function hear(clock: WorkerClock, { from = 0, forMs, delay }: Heard): string[] {
  const states: string[] = [];
  for (let passed = from; passed < from + forMs; passed += 250) {
    const arrived = start + passed;
    if (clock.add(arrived - delay(passed), arrived)) states.push(clock.state);
  }
  return states;
}

test('a worker that analyses slowly, now and then very slowly, has a plausible clock', () => {
  const clock = new WorkerClock();
  assert.deepEqual(hear(clock, { forMs: 5 * minute, delay: (passed) => (passed % 3_000 === 0 ? 9_000 : 400) }), []);
  assert.deepEqual([clock.delayMs, clock.errorMs], [400, 0]);
});

test('captures from the future are noticed after a second, with their least error, and said once', () => {
  const clock = new WorkerClock();
  assert.deepEqual(hear(clock, { forMs: 1_250, delay: () => 100 - 2_000 }), ['ahead']);
  assert.deepEqual(hear(clock, { from: 1_250, forMs: minute, delay: () => 100 - 2_000 }), []);
  assert.equal(clock.errorMs, 1_900);
});

test('one capture from the future is a slip', () => {
  const clock = new WorkerClock();
  assert.deepEqual(hear(clock, { forMs: minute, delay: (passed) => (passed === 30_000 ? -7 * 86_400e3 : 100) }), []);
});

test('a clock that is set right is plausible again, once', () => {
  const clock = new WorkerClock();
  hear(clock, { forMs: 10_000, delay: () => -5_000 });
  assert.deepEqual(hear(clock, { from: 10_000, forMs: 2 * minute, delay: () => 100 }), ['plausible']);
});

test('a clock at the edge of the tolerance does not flicker', () => {
  const clock = new WorkerClock();
  const states = hear(clock, { forMs: 10 * minute, delay: (passed) => -250 + 60 * Math.sin(passed / 60_000) });
  assert.deepEqual(states, ['ahead']);
});

test('what comes ten seconds after its capture is late, or its clock is behind: nobody can tell which', () => {
  const clock = new WorkerClock();
  assert.deepEqual(hear(clock, { forMs: 5_000, delay: () => 3_600_000 }), ['behind or late']);
  assert.equal(clock.errorMs, 3_600_000);
});

test('a clock that parts steadily is drifting, and its drift is measured', () => {
  const clock = new WorkerClock();
  const jitter = (passed: number) => (passed % 1_000) / 50;
  assert.deepEqual(hear(clock, { forMs: 15 * minute, delay: (passed) => 3_000 + jitter(passed) - passed * 500e-6 }), [
    'drifting',
  ]);
  assert.ok(Math.abs((clock.driftPpm ?? 0) + 500) < 20, `${clock.driftPpm} ppm`);
});

test('an analysis that becomes slower from one minute to the next is no drift', () => {
  const clock = new WorkerClock();
  assert.deepEqual(hear(clock, { forMs: 30 * minute, delay: (passed) => (passed < 15 * minute ? 100 : 900) }), []);
});
