import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uuidv7 } from './uuid.ts';

test('a UUID carries its time, version and variant', () => {
  const id = uuidv7(0x0190_1234_5678);
  assert.match(id, /^01901234-5678-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('later UUIDs sort after earlier ones, and no two are the same', () => {
  const ids = Array.from({ length: 1_000 }, (_, ms) => uuidv7(1_700_000_000_000 + ms));
  assert.deepEqual(ids, ids.toSorted());
  assert.equal(new Set(Array.from({ length: 1_000 }, () => uuidv7(0))).size, 1_000);
});
