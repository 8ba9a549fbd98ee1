import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FrameSizes, readPayload } from './adapters/index.ts';
import { pack, unpack } from './sightings.ts';

const box = [0.1, 0.2, 0.1, 0.4];
const detection = (camera: string, objects: unknown[]) => ({
  ...readPayload(
    JSON.stringify({
      v: 1,
      camera,
      capturedAtUs: 1_700_000_000_250_000,
      worker: { id: 'w', run: 'r1' },
      model: { name: 'm', version: '1' },
      objects,
    }),
    new FrameSizes(),
  ),
  site: 'north',
  receivedAtUs: 1_700_000_000_300_000,
});

test('what has a track is packed and comes out again with its names, whatever these are', () => {
  const track = 'say "[1],", ä\n';
  const objects = [
    { track, class: 'person', score: 0.83, box },
    { class: 'face', score: 0.9, box },
    { track: '2', class: 'car', score: 1, box },
  ];
  const texts = ['cam7', 'cam8'].map((camera) => pack(detection(camera, objects)));
  const sighting = (kind: string, score: number) => ({ atUs: 1_700_000_000_250_000, class: kind, score, box });
  assert.deepEqual(
    unpack(texts.join(',')),
    ['cam7', 'cam8'].flatMap((camera) => {
      const name = { site: 'north', camera, run: 'r1' };
      return [
        { name: { ...name, track }, sighting: sighting('person', 0.83) },
        { name: { ...name, track: '2' }, sighting: sighting('car', 1) },
      ];
    }),
  );
});

test('a frame without tracks is nothing', () => {
  assert.equal(pack(detection('cam7', [{ class: 'face', score: 0.9, box }])), '');
});
