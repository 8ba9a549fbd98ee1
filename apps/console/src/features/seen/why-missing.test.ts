import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whyMissing } from './why-missing.ts';

const answering = (fetch: () => Promise<Response>) => Object.assign(globalThis, { fetch });

test('only who says that there is none is believed', async () => {
  answering(async () => new Response('', { status: 404 }));
  assert.equal(await whyMissing('/picture'), 'none');
  for (const status of [401, 502]) {
    answering(async () => new Response('', { status }));
    assert.equal(await whyMissing('/picture'), 'unread');
  }
  answering(() => Promise.reject(new TypeError('no line')));
  assert.equal(await whyMissing('/picture'), 'unread');
});
