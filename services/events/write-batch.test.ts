import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Detection } from '@sightline/contracts';
import type { Refusal } from './store.ts';
import { type Taken, writeBatch } from './write-batch.ts';

const detection = (id: string) =>
  Detection.parse({
    id,
    site: 'north',
    camera: 'cam7',
    source: 'main',
    capturedAtUs: 1,
    clock: { name: 'worker', errorUs: null },
    frame: {},
    worker: { id: 'w', run: 'r' },
    model: { name: 'm', version: '1' },
    receivedAtUs: 1,
    objects: [],
  });
const refusal = (sourceId: string): Refusal => ({ reason: 'no', source: 'stream', sourceId, payload: '' });
const taken: Taken[] = ['a', 'b', 'c', 'd', 'e'].map((id) => ({
  detection: detection(id),
  thumbnails: [],
  refuse: () => refusal(id),
}));

/** A store that fails with a SQLSTATE when `fails` says so, and what it was left with. */
function storeFailing(code: string, fails: (ids: string[]) => boolean) {
  const stored: string[] = [];
  const refused: string[] = [];
  return {
    stored,
    refused,
    write: async (detections: readonly Detection[], refusals: readonly Refusal[]) => {
      const ids = detections.map(({ id }) => id);
      if (fails(ids)) throw Object.assign(new Error('no'), { code });
      stored.push(...ids);
      refused.push(...refusals.map(({ sourceId }) => sourceId));
    },
  };
}

test('one that cannot be stored is refused, the others are stored, and each refusal is written once', async () => {
  for (const code of ['22P05', '23514', '54000']) {
    const store = storeFailing(code, (ids) => ids.includes('d'));
    await writeBatch(store, taken, [refusal('before')]);
    assert.deepEqual(
      [store.stored.sort(), store.refused.sort()],
      [
        ['a', 'b', 'c', 'e'],
        ['before', 'd'],
      ],
    );
  }
});

test('what is too much at once is stored in parts', async () => {
  for (const code of ['54000', '57014', '53200']) {
    const store = storeFailing(code, (ids) => ids.length > 2);
    await writeBatch(store, taken, []);
    assert.deepEqual([store.stored, store.refused], [['a', 'b', 'c', 'd', 'e'], []]);
  }
});

test('what may pass later is never refused', async () => {
  for (const code of ['57014', '53200', '57P01', '']) {
    const store = storeFailing(code, () => true);
    await assert.rejects(writeBatch(store, taken, []), { code });
    assert.deepEqual([store.stored, store.refused], [[], []]);
  }
});

test('refusals that cannot be written are an error', async () => {
  await assert.rejects(
    writeBatch(
      storeFailing('22P05', () => true),
      [],
      [refusal('a')],
    ),
    { code: '22P05' },
  );
});
