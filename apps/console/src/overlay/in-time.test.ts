import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Detection } from '@sightline/contracts/detection';
import { InTime } from './in-time.ts';

const frameMs = 67;
const rtpOf = (index: number) => 1_000_000 + index * frameMs * 90;
const epochMs = 1_700_000_000_000;

/** A camera whose frames come 80 ms after their capture, and a worker whose results come 200 ms after. Names come again after a `turn`. */
function camera({
  named = true,
  stamped = true,
  clockErrorMs = 0,
  turn = Number.POSITIVE_INFINITY,
  frameLateMs = 80,
  boxLateMs = 200,
  clockOffMs = 0,
} = {}) {
  const late: number[] = [];
  const inTime = new InTime((lateMs) => late.push(lateMs));
  const frame = (index: number) => ({
    rtp: rtpOf(index),
    key: named ? `${index % turn}` : 'other',
    receivedAt: index * frameMs + frameLateMs,
  });
  const detection = (index: number): Detection => ({
    id: `d${index}`,
    site: 'north',
    camera: 'cam7',
    source: 'main',
    capturedAtUs: (epochMs + index * frameMs + clockOffMs) * 1_000,
    clock: { name: 'worker', errorUs: clockErrorMs * 1_000 },
    frame: stamped ? { key: `${index % turn}`, pts: index * frameMs * 90, clockRate: 90_000 } : {},
    worker: { id: 'vision-1', run: 'r1' },
    model: { name: 'm', version: '1' },
    receivedAtUs: (epochMs + index * frameMs + boxLateMs) * 1_000,
    objects: [{ class: 'person', score: 1, track: '1', box: [index / 1_000, 0, 0.1, 0.1] }],
  });
  const play = (from: number, to: number) => {
    for (let index = from; index < to; index += 1) {
      inTime.addFrames([frame(index)]);
      const analysed = index - 3;
      if (analysed >= from)
        inTime.add({ detection: detection(analysed), traceparent: undefined, at: index * frameMs + 81 });
    }
  };
  const at = (index: number) => inTime.view({ now: index * frameMs + 100, rtpTimestamp: rtpOf(index) });
  return { inTime, play, at, late, frame, detection };
}
const xOf = (view: ReturnType<InTime['view']>) => view.objects.map(({ box }) => Math.round(box[0] * 1_000));

test('frames that both sides name the same are exact', () => {
  const { play, at, late } = camera();
  play(0, 40);
  assert.deepEqual([at(30).mode, xOf(at(30)), at(30).carriedMs], ['exact', [30], 0]);
  assert.equal(Math.round(late.at(-1) ?? 0), 3 * frameMs + 1);
});

test('frames whose names differ are told apart by the clocks, give or take a frame', () => {
  for (const options of [{ named: false }, { named: false, stamped: false }]) {
    const { play, at } = camera(options);
    play(0, 60);
    const view = at(50);
    assert.equal(view.mode, 'clock');
    assert.ok(Math.abs((xOf(view)[0] ?? 0) - 50) <= 1, `drawn on 50 was ${xOf(view)[0]}`);
    assert.ok(view.errorMs > 0 && view.errorMs <= 2 * frameMs);
  }
});

test('the error that is shown holds that of a clock which is known to be wrong', () => {
  const { play, at } = camera({ named: false, stamped: false, clockErrorMs: 3_000 });
  play(0, 60);
  assert.equal(at(50).errorMs, 3_000 + frameMs);
});

test('a frame that came damaged, and so under another name, unsettles none of the others', () => {
  const { inTime, play, at, detection } = camera();
  play(0, 200);
  const damaged = detection(196);
  damaged.frame.key = 'damaged';
  inTime.add({ detection: damaged, traceparent: undefined, at: 200 * frameMs });
  const before = xOf(at(190));
  play(200, 203);
  assert.deepEqual([before, xOf(at(190)), at(199).mode, xOf(at(199))], [[190], [190], 'exact', [199]]);
});

test('without a time of the displayed picture boxes are approximate', () => {
  const { inTime, play } = camera();
  play(0, 40);
  assert.deepEqual(
    [inTime.view({ now: 40 * frameMs }).mode, xOf(inTime.view({ now: 40 * frameMs }))],
    ['arrival', [36]],
  );
});

test('what is to be covered is covered on its frame, and after AI has missed it', () => {
  const { play, inTime } = camera();
  play(0, 40);
  const covers = (index: number) =>
    inTime.view({ now: 4_000, rtpTimestamp: rtpOf(index) }, ['person']).covers.map(({ predicted }) => predicted);
  assert.deepEqual([covers(30), covers(36), covers(50)], [[false], [false], [true]]);
  assert.deepEqual(inTime.view({ now: 4_000, rtpTimestamp: rtpOf(30) }, ['face']).covers, []);
});

test('another track is learned from the beginning, and nothing of the old one is drawn on it', () => {
  const { inTime, play, at } = camera();
  play(0, 40);
  inTime.restart();
  assert.deepEqual(at(41).objects, []);
  play(41, 60);
  assert.deepEqual([at(55).mode, xOf(at(55))], ['exact', [55]]);
});

test('a worker that is not heard any more leaves', () => {
  const { inTime, play } = camera();
  play(0, 40);
  const { mode, objects } = inTime.view({ now: 20_000, rtpTimestamp: rtpOf(39) });
  assert.deepEqual([mode, objects], [undefined, []]);
});

interface Looping {
  turn: number;
  joined: number;
  frameLateMs: number;
  boxLateMs: number;
  clockOffMs?: number;
}

/** Footage that loops, watched from a frame on: what was drawn as exact, not carried on, on which frame. */
function looping({ joined, ...options }: Looping) {
  const { frameLateMs, boxLateMs } = options;
  const { inTime, at, frame, detection } = camera(options);
  const frames = Array.from({ length: 250 }, (_, index) => index);
  const events = [
    ...frames.slice(joined).map((index) => {
      return { due: index * frameMs + frameLateMs, come: () => inTime.addFrames([frame(index)]) };
    }),
    ...frames.map((index) => {
      const due = index * frameMs + boxLateMs;
      return { due, come: () => inTime.add({ detection: detection(index), traceparent: undefined, at: due + 1 }) };
    }),
  ].filter(({ due }) => due >= joined * frameMs);
  const drawn: { shown: number; boxOf: number | undefined }[] = [];
  for (const { due, come } of events.sort((a, b) => a.due - b.due)) {
    come();
    for (const shown of [-70, -50, -2].map((ago) => Math.floor(due / frameMs) + ago)) {
      const view = at(shown);
      if (view.mode !== 'exact' || view.objects.length === 0 || view.carriedMs > 0) continue;
      drawn.push({ shown, boxOf: xOf(view)[0] });
    }
  }
  return { drawn, mode: at(240).mode };
}

test('of names that come again no box is on another turn, whenever somebody comes and however late what is', () => {
  const late = [
    [80, 200],
    [350, 120],
    [80, 1_400],
    [250, 3_100],
  ] as const;
  for (const turn of [1, 5, 15, 20, 30, 45, 60, 140])
    for (const joined of [0, 40, 77])
      for (const [frameLateMs, boxLateMs] of late) {
        const { drawn } = looping({ turn, joined, frameLateMs, boxLateMs });
        assert.deepEqual(
          drawn.filter(({ shown, boxOf }) => boxOf !== shown),
          [],
          `turns of ${turn} frames, watched from ${joined}, frames late by ${frameLateMs}, boxes by ${boxLateMs} ms`,
        );
      }
});

test('footage that loops is exact where the clocks can tell its turns, and by the clock where they cannot', () => {
  const modeOf = (turn: number) => looping({ turn, joined: 40, frameLateMs: 80, boxLateMs: 200 }).mode;
  assert.deepEqual([5, 10, 30, 45, 60].map(modeOf), ['clock', 'clock', 'exact', 'exact', 'exact']);
});

test('a clock that is wrong by less than a turn, or ahead by one, puts no box on another', () => {
  for (const clockOffMs of [-2_000, -1_000, 1_000, 2_000, 45 * frameMs]) {
    const { drawn, mode } = looping({ turn: 45, joined: 40, frameLateMs: 80, boxLateMs: 200, clockOffMs });
    assert.deepEqual([drawn, mode], [[], 'clock'], `wrong by ${clockOffMs} ms`);
  }
});

test('where names do not come again a wrong clock is made up for after ten seconds', () => {
  for (const clockOffMs of [-8_000, 3_000]) {
    const { play, at } = camera({ clockOffMs });
    play(0, 200);
    assert.deepEqual([at(190).mode, xOf(at(190))], ['exact', [190]], `wrong by ${clockOffMs} ms`);
  }
});

test('a session of the worker that begins anew within a run puts no box on a frame that has yet to come', () => {
  for (const clockOffMs of [0, 10_000]) {
    const { inTime, play, at, frame, detection } = camera({ clockOffMs });
    play(0, 200);
    assert.deepEqual([at(195).mode, xOf(at(195))], ['exact', [195]]);
    const drawn: { shown: number; boxOf: number | undefined }[] = [];
    for (let index = 200; index < 260; index += 1) {
      inTime.addFrames([frame(index)]);
      const anew = detection(index - 3);
      anew.frame.pts = (anew.frame.pts ?? 0) + 10 * frameMs * 90;
      inTime.add({ detection: anew, traceparent: undefined, at: index * frameMs + 81 });
      for (const shown of [index, index - 2, index - 5]) {
        const { mode, objects } = at(shown);
        if (mode !== 'exact') continue;
        for (const { box, predicted } of objects)
          if (!predicted) drawn.push({ shown, boxOf: Math.round(box[0] * 1_000) });
      }
    }
    assert.deepEqual(
      drawn.filter(({ shown, boxOf }) => boxOf !== shown),
      [],
      `the worker's clock is off by ${clockOffMs} ms`,
    );
    assert.deepEqual([at(255).mode, xOf(at(255))], ['exact', [255]]);
  }
});
