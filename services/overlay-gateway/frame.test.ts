import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FlatDetection, OverlayMessage } from '@sightline/contracts';
import { filterOf } from './filter.ts';
import { Frame } from './frame.ts';
import { messagesOf } from './testing.ts';

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

const frame = (traceparent?: string) => new Frame('cam7', Buffer.from(JSON.stringify(detection)), { traceparent });

test('the native message is what the contract says, with its trace', () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const [text = ''] = messagesOf(frame(traceparent).of().native);
  assert.deepEqual(OverlayMessage.parse(JSON.parse(text)), { type: 'detection', detection, traceparent });
});

test('the flat format is one message an object, in pixels', () => {
  const flat = messagesOf(frame().of().flat).map((text) => FlatDetection.parse(JSON.parse(text)));
  assert.deepEqual(flat[0], {
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
  assert.equal(flat[1]?.name, 'Ann');
});

test('a frame is encoded once for everybody who wants the same', () => {
  const each = frame();
  assert.equal(each.of(), each.of());
  assert.equal(
    each.of(filterOf({ classes: ['face', 'person'] })),
    each.of(filterOf({ classes: ['person', 'face'], minScore: 0 })),
  );
  for (const format of ['native', 'flat', 'asBase'] as const) assert.equal(each.of()[format], each.of()[format]);
});

test('a filter keeps objects by class, score and area, and the frame comes even when none is left', () => {
  const kept = (filter: Parameters<typeof filterOf>[0]) => {
    const [text = ''] = messagesOf(frame().of(filterOf(filter)).native);
    const message = OverlayMessage.parse(JSON.parse(text));
    return message.type === 'detection' ? message.detection.objects.map((object) => object.class) : undefined;
  };
  assert.deepEqual(kept({ classes: ['face'] }), ['face']);
  assert.deepEqual(kept({ minScore: 0.6 }), ['person']);
  assert.deepEqual(kept({ area: [0.4, 0.6, 0.2, 0.2] }), ['person']);
  assert.deepEqual(kept({ area: [0.9, 0, 0.1, 0.1] }), []);
  assert.deepEqual(kept({}), ['person', 'face']);
  assert.deepEqual(messagesOf(frame().of(filterOf({ classes: ['car'] })).flat), []);
});
