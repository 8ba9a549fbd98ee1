import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chain } from './chain.ts';
import type { EncodedFrame } from './encoded-frame.ts';
import { Frame } from './frame.ts';
import { Joiner } from './joiner.ts';
import { Outbox } from './outbox.ts';

/** A socket whose network takes nothing until it is told to. */
class SlowSocket {
  sent = '';
  marks: string[] = [];
  said: string[] = [];
  buffered = 0;
  gaveUp = false;

  say(text: string): void {
    this.said.push(text);
  }

  write(frames: Buffer, mark: string | undefined): void {
    this.sent += frames.toString('latin1');
    if (mark) this.marks.push(mark);
  }

  giveUp(): void {
    this.gaveUp = true;
  }
}

const frame = (camera: string, n: number, filler = '', worker = 'w1'): EncodedFrame =>
  new Frame(camera, Buffer.from(JSON.stringify({ camera, n, filler, worker: { id: worker }, source: 'main' }))).of();

function open() {
  const socket = new SlowSocket();
  const state = { dropped: 0, wantsFlush: false };
  const outbox = new Outbox({
    sender: socket,
    format: 'native',
    flusher: {
      add: () => {
        state.wantsFlush = true;
      },
      empty: new Chain(),
    },
    onDrop: () => {
      state.dropped += 1;
    },
  });
  const flush = () => {
    if (state.wantsFlush) outbox.flush(new Joiner());
    state.wantsFlush = false;
  };
  return { socket, outbox, state, flush };
}

const numbers = (socket: SlowSocket) => [...socket.sent.matchAll(/"n":(\d+)/g)].map(([, n]) => Number(n));

test('a quick socket gets every box, in one go', () => {
  const { socket, outbox, flush } = open();
  for (let n = 0; n < 5; n += 1) outbox.offer(frame('cam1', n));
  flush();
  assert.deepEqual(numbers(socket), [0, 1, 2, 3, 4]);
});

test('a slow socket loses old boxes, never the newest of a camera', () => {
  const { socket, outbox, state, flush } = open();
  socket.buffered = 1_000_000;
  for (let n = 0; n < 5; n += 1) outbox.offer(frame('cam1', n));
  outbox.offer(frame('cam2', 9));
  flush();
  assert.deepEqual(numbers(socket), []);
  socket.buffered = 0;
  outbox.resume();
  flush();
  assert.deepEqual(numbers(socket), [4, 9]);
  assert.equal(state.dropped, 4);
});

test('of two workers of a camera a slow socket is sent the newest of each', () => {
  const { socket, outbox, flush } = open();
  socket.buffered = 1_000_000;
  for (let n = 0; n < 4; n += 1) outbox.offer(frame('cam1', n, '', n % 2 ? 'people' : 'faces'));
  flush();
  socket.buffered = 0;
  outbox.resume();
  flush();
  assert.deepEqual(numbers(socket), [2, 3]);
});

test('a socket that answers no mark is sent no more than its credit, and the newest once it answers', () => {
  const { socket, outbox, flush } = open();
  const filler = 'x'.repeat(10_000);
  for (let n = 0; n < 200; n += 1) {
    outbox.offer(frame('cam1', n, filler));
    flush();
  }
  assert.ok(socket.sent.length < 700_000, String(socket.sent.length));
  assert.ok(!numbers(socket).includes(199));
  outbox.acknowledge('999999999');
  flush();
  assert.ok(!numbers(socket).includes(199), 'an invented answer says nothing');
  outbox.acknowledge(socket.marks.at(-1) ?? '');
  flush();
  assert.equal(numbers(socket).at(-1), 199);
});

test('what was said about subscriptions goes even when the socket is slow, up to a limit', () => {
  const { socket, outbox } = open();
  socket.buffered = 1_000_000;
  outbox.say({ type: 'denied', camera: 'cam1', reason: 'no' });
  assert.equal(socket.said.length, 1);
  socket.buffered = 5_000_000;
  outbox.say({ type: 'denied', camera: 'cam1', reason: 'no' });
  assert.deepEqual([socket.said.length, socket.gaveUp], [1, true]);
});

test('a camera that is no longer followed sends nothing more', () => {
  const { socket, outbox, flush } = open();
  socket.buffered = 1_000_000;
  outbox.offer(frame('cam1', 1));
  flush();
  outbox.offer(frame('cam1', 2));
  outbox.forget('cam1');
  socket.buffered = 0;
  flush();
  assert.deepEqual(numbers(socket), []);
});
