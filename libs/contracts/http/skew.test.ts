import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SkewReport } from './skew.ts';

const counted = (camera: string, frames: number) => ({
  camera,
  mode: 'exact',
  counts: [frames, 0, 0, 0, 0, 0, 0, 0, 0],
});

test('a report counts no more frames than pages can have shown, however many cameras it names', () => {
  assert.ok(SkewReport.safeParse({ cameras: [counted('gate', 4_000)] }).success);
  const many = Array.from({ length: 200 }, () => counted('gate', 4_000));
  assert.equal(SkewReport.safeParse({ cameras: many }).success, false);
});
