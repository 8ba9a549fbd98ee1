import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Detection } from '@sightline/contracts';
import fc from 'fast-check';
import { BadPayload } from './adapters/index.ts';
import { readThumbnails } from './thumbnails.ts';

const detection = Detection.parse({
  id: 'd',
  site: 'north',
  camera: 'cam7',
  source: 'main',
  capturedAtUs: 5,
  clock: { name: 'worker', errorUs: null },
  frame: {},
  worker: { id: 'w', run: 'r1' },
  model: { name: 'm', version: '1' },
  receivedAtUs: 6,
  objects: [{ track: '17', class: 'person', score: 0.8, box: [0.1, 0.1, 0.2, 0.5] }],
});
const picture = (bytes = 100) => {
  const jpeg = Buffer.alloc(bytes);
  jpeg.writeUIntBE(0xffd8ff, 0, 3);
  jpeg.writeUInt16BE(0xffd9, bytes - 2);
  return jpeg;
};
const told = (rest: object = {}) =>
  JSON.stringify([{ track: '17', quality: 0.5, jpeg: picture().toString('base64'), ...rest }]);

test('a picture belongs to the frame, the run and the class of its track', () => {
  const expected = { site: 'north', camera: 'cam7', run: 'r1', track: '17', class: 'person', capturedAtUs: 5 };
  assert.deepEqual(readThumbnails(told(), detection), [{ ...expected, quality: 0.5, jpeg: picture() }]);
});

const base64 = (bytes: Buffer) => bytes.toString('base64');
for (const [what, text, reason] of [
  ['text that is no JSON', '{', /as JSON/],
  ['another value', '"x"', /Expected thumbnails/],
  ['none at all', '[]', /Expected thumbnails/],
  ['a track that the entry does not have', told({ track: '18' }), /of tracks of the same entry/],
  ['a quality beyond 1', told({ quality: 2 }), /quality/],
  ['text that is no base64', told({ jpeg: '<svg>' }), /jpeg/],
  ['another kind of picture', told({ jpeg: base64(Buffer.from('GIF89a')) }), /Expected a JPEG/],
  ['a JPEG that is cut off', told({ jpeg: base64(picture().subarray(0, 90)) }), /Expected a JPEG/],
  ['a JPEG that is too large', told({ jpeg: base64(picture(20_001)) }), /20000/],
  ['far too much', told({ jpeg: 'A'.repeat(10_000_000) }), /at most/],
] as const)
  test(`${what} is refused with a reason`, () => {
    assert.throws(() => readThumbnails(text, detection), { name: 'BadPayload', message: reason });
  });

test('whatever comes is taken or refused', () => {
  const record = fc.record({ track: fc.constantFrom('17', '18'), quality: fc.double(), jpeg: fc.base64String() });
  const anything = fc.oneof(
    fc.string(),
    fc.json(),
    fc.array(fc.oneof(record, fc.jsonValue())).map((v) => JSON.stringify(v)),
  );
  fc.assert(
    fc.property(anything, (text) => {
      try {
        readThumbnails(text, detection);
      } catch (error) {
        assert.ok(error instanceof BadPayload, String(error));
      }
    }),
  );
});
