import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyDelta, Detection, OverlayDelta, OverlayMessage } from '@sightline/contracts';
import fc from 'fast-check';
import { Bases } from './bases.ts';
import { Chain } from './chain.ts';
import type { EncodedFrame } from './encoded-frame.ts';
import { type Filter, filterOf } from './filter.ts';
import { Frame } from './frame.ts';
import { Joiner } from './joiner.ts';
import { Outbox } from './outbox.ts';

import { messagesOf } from './testing.ts';

const bothFilter = filterOf({ classes: ['person'] });

/** Frame `n` of a camera: two people, of whom one walks, and a face now and then. */
function detectionOf(n: number, run = 'a'): Detection {
  const person = { class: 'person', score: 0.9 };
  return Detection.parse({
    id: `d${n}`,
    site: 'north',
    camera: 'cam7',
    source: 'main',
    capturedAtUs: n * 66_667,
    clock: { name: 'worker', errorUs: null },
    frame: { pts: n * 6_000, width: 640 },
    worker: { id: 'w', run },
    model: { name: 'm', version: '1' },
    receivedAtUs: n * 66_667 + 100_000,
    objects: [
      { ...person, track: '1', box: [n / 1_000, 0, 0.1, 0.4] },
      { ...person, track: '2', box: [0.5, 0, 0.1, 0.4] },
      ...(n % 3 === 0 ? [{ class: 'face', score: n / 1_000, box: [0.5, 0, 0.1, 0.1] }] : []),
    ],
  });
}

/** A client of the delta subprotocol, as the contract describes one. */
class Client {
  readonly seen: Detection[] = [];
  readonly kinds: string[] = [];
  #base: Detection | undefined;

  take(data: Buffer): void {
    for (const text of messagesOf(data)) this.#read(JSON.parse(text));
  }

  #read(message: { type: string }): void {
    if (message.type === 'delta') {
      const { base, delta } = OverlayDelta.parse(message);
      assert.equal(base, this.#base?.id, 'a delta from a base that the client does not have');
      const whole = this.#base && applyDelta(this.#base, delta);
      if (whole) this.seen.push(whole);
      this.kinds.push('delta');
      return;
    }
    const { detection, base } = OverlayMessage.parse(message) as Extract<OverlayMessage, { type: 'detection' }>;
    if (base) this.#base = detection;
    this.seen.push(detection);
    this.kinds.push(base ? 'base' : 'whole');
  }
}

function open(filter?: Filter, empty = new Chain<EncodedFrame>()) {
  const client = new Client();
  const state = { buffered: 0, wants: false };
  const sender = {
    get buffered() {
      return state.buffered;
    },
    say: () => undefined,
    write: (frames: Buffer) => client.take(frames),
    giveUp: () => undefined,
  };
  const flusher = {
    add: () => {
      state.wants = true;
    },
    empty,
  };
  const outbox = new Outbox({ sender, format: 'delta', flusher, onDrop: () => undefined });
  const flush = (joiner = new Joiner()) => {
    if (state.wants) outbox.flush(joiner);
    state.wants = false;
  };
  const full = (is: boolean, joiner = new Joiner()) => {
    state.buffered = is ? 1_000_000 : 0;
    if (!is) outbox.resume();
    flush(joiner);
  };
  return { client, outbox, full, flush, offer: (frame: Frame) => outbox.offer(frame.of(filter)) };
}

function camera() {
  const clock = { now: 0 };
  const bases = new Bases<Frame>(() => clock.now);
  const frame = (n: number, run?: string) =>
    new Frame('cam7', Buffer.from(JSON.stringify(detectionOf(n, run))), { bases });
  return { clock, frame };
}

test('who is quick is sent a base and then what has changed, and a base again after two seconds', () => {
  const { clock, frame } = camera();
  const { client, offer, flush } = open();
  for (let n = 0; n < 4; n += 1) {
    clock.now = n === 3 ? 2_000 : 0;
    offer(frame(n));
    flush();
  }
  assert.deepEqual(client.kinds, ['base', 'delta', 'delta', 'base']);
  assert.deepEqual(
    client.seen,
    [0, 1, 2, 3].map((n) => detectionOf(n)),
  );
});

test('who comes later is sent whole frames until the next base, beside others who are sent deltas', () => {
  const { clock, frame } = camera();
  const [first, late] = [open(), open()];
  for (let n = 0; n < 4; n += 1) {
    clock.now = n === 2 ? 2_000 : 0;
    const each = frame(n);
    for (const { offer, flush } of n === 0 ? [first] : [first, late]) {
      offer(each);
      flush();
    }
    if (n === 2) clock.now = 0;
  }
  assert.deepEqual(first.client.kinds, ['base', 'delta', 'base', 'delta']);
  assert.deepEqual(late.client.kinds, ['whole', 'base', 'delta']);
});

test('whoever follows a camera anew is not thought to have its base', () => {
  const { frame } = camera();
  const { client, outbox, offer, flush } = open();
  offer(frame(0));
  flush();
  outbox.forget('cam7');
  offer(frame(1));
  flush();
  assert.deepEqual(client.kinds, ['base', 'whole']);
});

test('another run of a worker begins with a base', () => {
  const { frame } = camera();
  const { client, offer, flush } = open();
  for (const each of [frame(0), frame(1, 'b'), frame(2, 'b')]) offer(each);
  flush();
  assert.deepEqual(client.kinds, ['base', 'base', 'delta']);
});

test('whatever a slow socket loses, what comes is right: each frame as it was, in order, and the newest at the end', () => {
  const step = fc.record({ full: fc.boolean(), late: fc.boolean(), later: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), fc.boolean(), (steps, filtered) => {
      const { clock, frame } = camera();
      const { client, offer, full, flush } = open(filtered ? bothFilter : undefined);
      for (const [n, { full: isFull, late, later }] of steps.entries()) {
        if (later) clock.now += 700;
        full(isFull);
        offer(frame(n));
        if (!late) flush();
      }
      full(false);
      const kept = (detection: Detection) =>
        filtered ? { ...detection, objects: detection.objects.filter((each) => bothFilter?.keeps(each)) } : detection;
      const numbers = client.seen.map(({ id }) => Number(id.slice(1)));
      assert.deepEqual(
        client.seen,
        numbers.map((n) => kept(detectionOf(n))),
      );
      assert.deepEqual(
        numbers,
        [...numbers].sort((a, b) => a - b),
      );
      assert.equal(numbers.at(-1), steps.length - 1);
    }),
  );
});

test('sockets beside each other, one of them slow and one late, are each told what is right', () => {
  const step = fc.record({ full: fc.boolean(), later: fc.boolean(), follows: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
      const { clock, frame } = camera();
      const empty = new Chain<EncodedFrame>();
      const [quick, slow, coming] = [open(undefined, empty), open(undefined, empty), open(undefined, empty)];
      for (const [n, { full, later, follows }] of steps.entries()) {
        const joiner = new Joiner();
        if (later) clock.now += 700;
        slow.full(full, joiner);
        if (!follows) coming.outbox.forget('cam7');
        const offered = follows ? [quick, slow, coming] : [quick, slow];
        const each = frame(n);
        for (const { offer } of offered) offer(each);
        for (const { flush } of offered) flush(joiner);
      }
      slow.full(false);
      for (const { client } of [quick, slow, coming])
        assert.deepEqual(
          client.seen,
          client.seen.map(({ id }) => detectionOf(Number(id.slice(1)))),
        );
      assert.equal(quick.client.seen.length, steps.length);
      assert.equal(coming.client.seen.length, steps.filter(({ follows }) => follows).length);
    }),
  );
});

test('a delta is made once for everybody', () => {
  const { frame } = camera();
  const [first, next] = [frame(0).of(), frame(1).of()];
  assert.equal(first.base, first);
  assert.equal(next.base, first);
  assert.equal(next.delta, next.delta);
});
