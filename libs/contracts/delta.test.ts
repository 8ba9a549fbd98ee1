import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyDelta, DetectionDelta, deltaOf } from './delta.ts';
import { Detection } from './detection.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0);
const object = fc.record(
  {
    track: fc.constantFrom('1', '2', '3'),
    class: fc.constantFrom('person', 'face'),
    score: share,
    box: fc.tuple(share, share, share, share),
    name: fc.constantFrom('Ann', 'Ben'),
    attributes: fc.dictionary(fc.constantFrom('hat', 'bag'), fc.boolean()),
  },
  { requiredKeys: ['class', 'score', 'box'] },
);
const detection = fc
  .record({
    id: fc.uuid(),
    site: fc.constant('north'),
    camera: fc.constant('cam7'),
    source: fc.constant('main' as const),
    capturedAtUs: fc.nat(),
    clock: fc.record({ name: fc.constant('worker'), errorUs: fc.constantFrom(null, 1_000) }),
    frame: fc.record({ pts: fc.nat(), sequence: fc.nat(), width: fc.constant(640) }, { requiredKeys: ['pts'] }),
    worker: fc.record({ id: fc.constant('w'), run: fc.constantFrom('a', 'b') }),
    model: fc.constant({ name: 'm', version: '1' }),
    receivedAtUs: fc.nat(),
    objects: fc.array(object, { maxLength: 6 }),
  })
  .map((each) => Detection.parse(JSON.parse(JSON.stringify(each))));

test('a base and what is different from it make the very detection again', () => {
  let told = 0;
  fc.assert(
    fc.property(detection, detection, (base, next) => {
      const delta = deltaOf(base, next);
      if (!delta) return;
      told += 1;
      const read = DetectionDelta.parse(JSON.parse(JSON.stringify(delta)));
      assert.deepEqual(applyDelta(base, read), next);
    }),
    { numRuns: 500 },
  );
  assert.ok(told > 25, `${told} of 500 pairs had a delta`);
});

test('a track that has moved is told by its place in the base and its box', () => {
  const [base] = fc.sample(detection, { numRuns: 1, seed: 1 });
  assert.ok(base);
  const one = { track: '1', class: 'person', score: 0.9, name: 'Ann' };
  const before: Detection = { ...base, objects: [{ ...one, box: [0, 0, 0.5, 0.5] }] };
  const after: Detection = { ...before, objects: [{ ...one, box: [0.1, 0, 0.5, 0.5] }] };
  assert.deepEqual(deltaOf(before, after)?.objects, [[0, [0.1, 0, 0.5, 0.5]]]);
});

test('another run of the worker has no delta', () => {
  const [base] = fc.sample(detection, { numRuns: 1, seed: 2 });
  assert.ok(base);
  assert.equal(deltaOf(base, { ...base, worker: { id: 'w', run: 'another' } }), undefined);
});

test('a delta that names an object which its base does not have makes nothing', () => {
  const [base] = fc.sample(detection, { numRuns: 1, seed: 3 });
  assert.ok(base);
  const { id, capturedAtUs, receivedAtUs } = base;
  assert.equal(
    applyDelta(base, { id, capturedAtUs, receivedAtUs, frame: {}, objects: [[99, [0, 0, 1, 1]]] }),
    undefined,
  );
});
