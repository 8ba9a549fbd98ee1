import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { ObjectQuery } from '@sightline/contracts';
import { Pool } from 'pg';
import { cursorOf } from './cursor.ts';
import { Search } from './search.ts';

const all = { fromUs: 0, toUs: Number.MAX_SAFE_INTEGER };

/** A database that answers every question with the same rows, and what it was asked. */
function poolAnswering(t: TestContext, rows: object[]) {
  const pool = new Pool();
  const { mock } = t.mock.method(pool, 'query', async () => ({ rows }));
  return { pool, values: () => mock.calls.map((call): unknown => call.arguments.at(1)) };
}

/** The place behind which a page of objects was asked for. */
async function placeAsked(t: TestContext, cursor: string | undefined): Promise<unknown> {
  const { pool, values } = poolAnswering(t, []);
  await new Search(pool).objects(['cam7'], { ...ObjectQuery.parse({ cursor }), ...all });
  const [asked] = values();
  return Array.isArray(asked) ? asked.slice(3, 6) : asked;
}

test('a cursor is taken as it was given; one that no answer held begins anew', async (t) => {
  assert.deepEqual(await placeAsked(t, cursorOf(1_000, 3, 'aB-_9')), [1_000, 'aB-_9', 3]);
  const beginning = await placeAsked(t, undefined);
  for (const bad of [cursorOf(1_000, 3, 'a\0b'), cursorOf(1_000, 32_768, 'a'), cursorOf(1_000, 3, ''), 'AAAA'])
    assert.deepEqual(await placeAsked(t, bad), beginning, bad);
});

test('text that no database holds is no track', () => {
  for (const track of ['', 'a\0', 'x'.repeat(65)]) assert.equal(ObjectQuery.safeParse({ track }).success, false);
});

test('playback asks before each page whether it may go on', async (t) => {
  const page = Array.from({ length: 500 }, (_, n) => ({ detection: { id: `d${n}`, capturedAtUs: n } }));
  const { pool, values } = poolAnswering(t, page);
  let pages = 0;
  const check = () => {
    pages += 1;
    if (pages > 2) throw new Error('no more');
  };
  let seen = 0;
  const play = async () => {
    for await (const _ of new Search(pool).playback({ camera: 'cam7', ...all }, check)) seen += 1;
  };
  await assert.rejects(play, /no more/);
  assert.deepEqual([seen, values().length], [1_000, 2]);
});
