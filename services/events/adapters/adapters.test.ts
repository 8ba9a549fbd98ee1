import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Detection } from '@sightline/contracts';
import fc from 'fast-check';
import { BadPayload, FrameSizes, readPayload } from './index.ts';

const seed = {
  camera_id: 'cam7',
  timestamp: 1_700_000_000.25,
  type: 'person',
  bbox: [76.8, 57.6, 153.6, 288],
  track_id: 3,
  confidence: 0.9,
  name: null,
};
const native = {
  v: 1,
  camera: 'cam7',
  frame: { key: '0badcafe-1f', pts: 9000, clockRate: 90_000, width: 768, height: 576, sequence: 1 },
  capturedAtUs: 1_700_000_000_250_000,
  clock: { name: 'worker', errorUs: 50_000 },
  worker: { id: 'vision-1', run: 'r1' },
  model: { name: 'hog', version: '4.12' },
  objects: [{ track: '17', class: 'person', score: 0.83, box: [0.1, 0.1, 0.2, 0.5] }],
};
const read = (payload: unknown, sizes = new FrameSizes()) => readPayload(JSON.stringify(payload), sizes);
const complete = (draft: object) => Detection.parse({ ...draft, site: 'north', receivedAtUs: 1 });

test('the native form becomes a detection as it stands', () => {
  const draft = complete(read(native));
  assert.deepEqual(draft.objects, native.objects);
  assert.equal(draft.capturedAtUs, native.capturedAtUs);
});

test('an outline and keypoints are kept, with the box around them', () => {
  const polygon = [
    [0.1, 0.2],
    [0.3, 0.1],
    [0.2, 0.6],
  ];
  const keypoints = [{ name: 'left_eye', at: [0.5, 0.5], score: 0.9 }];
  const objects = [
    { class: 'car', score: 0.8, polygon },
    { class: 'face', score: 0.7, keypoints },
  ];
  const [car, face] = complete(read({ ...native, objects })).objects;
  assert.deepEqual(
    car?.box.map((side) => Number(side.toFixed(6))),
    [0.1, 0.1, 0.2, 0.5],
  );
  assert.deepEqual([car?.polygon, face?.keypoints, face?.box], [polygon, keypoints, [0.5, 0.5, 0, 0]]);
  assert.throws(() => read({ ...native, objects: [{ class: 'car', score: 1 }] }), /a box, a polygon or keypoints/);
});

test('text that no database holds is refused', () => {
  for (const text of ['\0', '\ud800'])
    assert.throws(() => read({ ...native, worker: { id: 'w', run: text } }), /without NUL/);
});

test('pixels become shares of the frame', () => {
  const expected = [0.1, 0.1, 0.2, 0.5];
  for (const size of [{ frame_width: 768, frame_height: 576 }, { frame_size: [768, 576] }]) {
    const box = read({ ...seed, ...size }).objects[0]?.box ?? [];
    assert.deepEqual(
      box.map((share) => Number(share.toFixed(6))),
      expected,
    );
  }
});

test('a box in shares stays as it is', () => {
  assert.deepEqual(read({ ...seed, bbox: [0.25, 0.25, 0.5, 0.5] }).objects[0]?.box, [0.25, 0.25, 0.5, 0.5]);
});

test('pixels without a frame size are understood once the camera is known, and refused before', () => {
  const sizes = new FrameSizes();
  assert.throws(() => read(seed, sizes), /frame_width and frame_height/);
  read(native, sizes);
  assert.equal(read(seed, sizes).frame.width, 768);
});

test('a timestamp is taken in seconds, milliseconds, microseconds and ISO 8601', () => {
  const times = [
    1_700_000_000.25,
    1_700_000_000_250,
    1_700_000_000_250_000,
    '1700000000.25',
    '2023-11-14T22:13:20.250Z',
  ];
  for (const timestamp of times) {
    assert.equal(
      read({ ...seed, bbox: [0, 0, 1, 1], timestamp }).capturedAtUs,
      1_700_000_000_250_000,
      String(timestamp),
    );
  }
});

test('a box partly outside the picture is cut to what is inside', () => {
  assert.deepEqual(read({ ...seed, bbox: [-0.5, 0.5, 1, 1] }).objects[0]?.box, [0, 0.5, 0.5, 0.5]);
});

test('the same message has the same id, another frame another one', () => {
  assert.equal(read(native).id, read(native).id);
  assert.notEqual(read(native).id, read({ ...native, capturedAtUs: native.capturedAtUs + 1 }).id);
  assert.notEqual(read(native).id, read({ ...native, worker: { id: 'vision-1', run: 'r2' } }).id);
});

test('a message without track, confidence or name is taken', () => {
  const { track_id: _t, confidence: _c, name: _n, ...bare } = { ...seed, bbox: [0, 0, 1, 1] };
  assert.deepEqual(read(bare).objects, [{ class: 'person', score: 1, box: [0, 0, 1, 1] }]);
});

test('what the flat form tells freely becomes a valid detection, or is refused', () => {
  const flat = { ...seed, frame_width: 768, frame_height: 576 };
  const objectOf = (field: object) => complete(read({ ...flat, ...field })).objects[0];
  assert.equal(objectOf({ track_id: '' })?.track, undefined);
  assert.equal(objectOf({ type: '\u0130'.repeat(40) })?.class.length, 40);
  assert.equal(objectOf({ type: '42 %' })?.class, 'object');
  for (const field of [
    { bbox: [10, 10, -5, 20] },
    { bbox: [10, 10, 5, -20] },
    { timestamp: 1e17 },
    { timestamp: '+200000-01-01T00:00:00Z' },
    { timestamp: '1960-01-01T00:00:00Z' },
  ])
    assert.throws(() => read({ ...flat, ...field }), BadPayload, JSON.stringify(field));
});

test('whatever comes is a detection or is refused with a reason', () => {
  const number = fc.oneof(fc.double(), fc.double({ min: -2, max: 2 }), fc.maxSafeInteger());
  const value = fc.oneof(
    fc.anything(),
    number,
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc.tuple(number, number, number, number),
  );
  const near = fc
    .oneof(fc.constant({ ...seed, frame_width: 768, frame_height: 576 }), fc.constant(native))
    .chain((base) =>
      fc
        .record({ key: fc.constantFrom(...Object.keys(base)), value })
        .map((changed) => ({ ...base, [changed.key]: changed.value })),
    );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        near.map((message) => JSON.stringify(message) ?? ''),
      ),
      (text) => {
        try {
          complete(readPayload(text, new FrameSizes()));
        } catch (error) {
          assert.ok(error instanceof BadPayload && error.message.length > 0, String(error));
        }
      },
    ),
    { numRuns: 5_000 },
  );
});

test('a payload that poisons prototypes, or is too large, is refused', () => {
  assert.throws(() => readPayload('{"__proto__":{"v":1}}', new FrameSizes()), BadPayload);
  assert.throws(() => readPayload(`{"v":1,"x":"${'y'.repeat(300_000)}"}`, new FrameSizes()), /at most/);
});
