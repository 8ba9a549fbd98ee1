import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FlatDetection, OverlayMessage } from '@sightline/contracts';
import { frameOf } from './frame.ts';

const detection = {
  id: 'd1',
  site: 'north',
  camera: 'cam7',
  source: 'main',
  capturedAtUs: 1_700_000_000_250_000,
  clock: { name: 'worker', errorUs: null },
  frame: { width: 800, height: 600 },
  worker: { id: 'w', run: 'r' },
  model: { name: 'm', version: '1' },
  receivedAtUs: 1_700_000_000_300_000,
  objects: [
    { track: '3', class: 'person', score: 0.9, box: [0.25, 0.5, 0.25, 0.5] },
    { class: 'face', score: 0.5, box: [0, 0, 0.1, 0.1], name: 'Ann' },
  ],
};

test('the native message is what the contract says, with its trace', () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const [text = ''] = frameOf('cam7', JSON.stringify(detection), traceparent).native();
  assert.deepEqual(OverlayMessage.parse(JSON.parse(text)), { type: 'detection', detection, traceparent });
});

test('the flat form is one message an object, in pixels', () => {
  const messages = frameOf('cam7', JSON.stringify(detection), undefined)
    .flat()
    .map((text) => FlatDetection.parse(JSON.parse(text)));
  assert.deepEqual(messages[0], {
    camera_id: 'cam7',
    timestamp: 1_700_000_000.25,
    type: 'person',
    bbox: [200, 300, 200, 300],
    track_id: '3',
    confidence: 0.9,
    name: null,
    frame_width: 800,
    frame_height: 600,
  });
  assert.equal(messages[1]?.name, 'Ann');
});

test('a frame is encoded once for everybody', () => {
  const frame = frameOf('cam7', JSON.stringify(detection), undefined);
  assert.equal(frame.native(), frame.native());
  assert.equal(frame.flat(), frame.flat());
});
