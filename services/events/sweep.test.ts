import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pool } from 'pg';
import { Retention } from './retention.ts';
import { sweep } from './sweep.ts';

test('what cannot be swept keeps nothing else from it, and much goes in portions', async (t) => {
  const pool = new Pool();
  const asked: string[] = [];
  let letters = 25_000;
  t.mock.method(pool, 'query', async (text: string) => {
    const [, table = 'partitions'] = /^delete from events\.(\w+)/.exec(text) ?? [];
    asked.push(table);
    if (table === 'partitions') throw new Error('no partitions');
    if (table === 'track_facts') throw new Error('too long');
    const rowCount = table === 'dead_letters' ? Math.min(10_000, letters) : 0;
    letters -= rowCount;
    return { rows: [], rowCount };
  });
  const connect = t.mock.method(pool, 'connect', async () => {
    throw new Error('no connection');
  });
  await assert.rejects(sweep(pool, new Retention(7)), /no partitions/);
  const thrice = ['dead_letters', 'dead_letters', 'dead_letters'];
  assert.deepEqual(asked, ['partitions', ...thrice, 'track_facts', 'thumbnails']);
  assert.deepEqual([letters, connect.mock.callCount()], [0, 1]);
});
