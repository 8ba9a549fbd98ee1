import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capacityOf } from './capacity.ts';

test('what is delivered too late does not count, however cheap', () => {
  const small = { sockets: 100, perCore: 80_000, p99: 9 };
  const large = { sockets: 200, perCore: 100_000, p99: 40 };
  const late = { sockets: 1_000, perCore: 150_000, p99: 2_000 };
  assert.deepEqual(capacityOf([small, large, late]), { ...large, isInTime: true });
});

test('who is never in time is taken as he is, and it is said', () => {
  const late = { sockets: 1_000, perCore: 150_000, p99: 2_000 };
  assert.deepEqual(capacityOf([late]), { ...late, isInTime: false });
});
