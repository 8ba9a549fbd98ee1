import assert from 'node:assert/strict';
import { test } from 'node:test';
import { growthOf, type Sample } from './growth.ts';

/** An hour of samples, one every ten seconds. */
const hour = (valueAt: (hours: number, index: number) => number): Sample[] =>
  Array.from({ length: 360 }, (_, index) => ({ hours: index / 360, value: valueAt(index / 360, index) }));

test('what grows by a tenth an hour is said to, beside its middle', () => {
  const { percentPerHour, error } = growthOf(hour((hours) => 100 + 10 * hours));
  assert.ok(Math.abs(percentPerHour - 9.52) < 0.01, String(percentPerHour));
  assert.ok(error < 0.01);
});

test('a saw that collects its garbage does not grow, however long its teeth and wherever it is cut', () => {
  for (const tooth of [15, 55])
    for (const cut of [0, 10, 40]) {
      const { percentPerHour, error } = growthOf(hour((_hours, index) => 100 + ((index + cut) % tooth)));
      assert.ok(Math.abs(percentPerHour) < 2 * error + 0.1, `${tooth} ${cut}: ${percentPerHour} ± ${error}`);
      assert.ok(Math.abs(percentPerHour) < 0.01, `${tooth} ${cut}: ${percentPerHour}`);
    }
});

test('a saw whose least grows is said to', () => {
  const { percentPerHour } = growthOf(hour((hours, index) => 100 + 10 * hours + (index % 55)));
  assert.ok(percentPerHour > 5, String(percentPerHour));
});

test('too few samples make no line', () => assert.ok(Number.isNaN(growthOf([]).percentPerHour)));
