import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromSent, type Painting, toSent } from './painting.ts';

const painting: Painting = {
  size: { width: 320, height: 180 },
  ratio: 2,
  picture: undefined,
  frame: undefined,
  whole: false,
  covers: [[0.1, 0.2, 0.3, 1 / 3]],
  trails: [{ className: 'person', points: [{ x: 0.5, y: 0.25, at: 12.5 }] }],
  marks: [{ box: [0.1, 0.2, 1 / 3, 0.4], text: 'Zoë “Ω” 83%', colour: '#f0e442', predicted: true }],
  labels: true,
};

test('a painting comes out of the worker’s message as it went in, its frame untouched', () => {
  const frame = { close: () => undefined } as VideoFrame;
  const sent = toSent(7, { ...painting, frame });
  assert.equal(sent[0], 7);
  assert.equal(sent[2], frame);
  const { picture: _, ...rest } = painting;
  assert.deepEqual(fromSent(sent), { ...rest, frame });
});

test('without a painting the canvas is to be cleared', () => assert.equal(fromSent(toSent(7, undefined)), undefined));
