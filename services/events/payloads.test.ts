import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BadPayload } from './adapters/index.ts';
import { Payloads } from './payloads.ts';

const data = JSON.stringify({
  v: 1,
  camera: 'cam7',
  capturedAtUs: 1,
  worker: { id: 'w', run: 'r' },
  model: { name: 'm', version: '1' },
  objects: [],
});

test('an entry is read once for both lanes', () => {
  const payloads = new Payloads();
  const first = payloads.read({ id: '1-0', data });
  assert.equal(payloads.read({ id: '1-0', data }), first);
  assert.notEqual(payloads.read({ id: '1-0', data }), first);
});

test('what came by Pub/Sub has no id and is left for nobody', () => {
  const payloads = new Payloads();
  assert.notEqual(payloads.read({ id: '', data }), payloads.read({ id: '', data }));
});

test('what the other lane never asks for is forgotten', () => {
  const payloads = new Payloads();
  const first = payloads.read({ id: '0-0', data });
  for (let n = 1; n <= 1_000; n += 1) payloads.read({ id: `${n}-0`, data });
  assert.notEqual(payloads.read({ id: '0-0', data }), first);
});

test('of large entries fewer are kept for the other lane', () => {
  const payloads = new Payloads();
  const large = JSON.stringify({ ...JSON.parse(data), filler: 'x'.repeat(200_000) });
  const drafts = Array.from({ length: 100 }, (_, n) => payloads.read({ id: `${n}-0`, data: large }));
  assert.equal(payloads.read({ id: '99-0', data: large }), drafts[99]);
  assert.notEqual(payloads.read({ id: '0-0', data: large }), drafts[0]);
});

test('what cannot be read is refused to both', () => {
  const payloads = new Payloads();
  for (let lane = 0; lane < 2; lane += 1) assert.throws(() => payloads.read({ id: '1-0', data: '{' }), BadPayload);
});
