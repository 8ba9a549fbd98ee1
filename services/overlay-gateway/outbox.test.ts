import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Frame, frameOf } from './frame.ts';
import { Outbox } from './outbox.ts';

/** A socket whose network takes nothing until it is told to. */
class SlowSocket {
  sent: string[] = [];
  bufferedAmount = 0;
  #callbacks: (() => void)[] = [];

  send(data: string, sent: () => void): void {
    this.sent.push(data);
    this.bufferedAmount += data.length;
    this.#callbacks.push(sent);
  }

  drain(): void {
    this.bufferedAmount = 0;
    for (const sent of this.#callbacks.splice(0)) sent();
  }
}

const frame = (camera: string, n: number): Frame => frameOf(camera, JSON.stringify({ camera, n }), undefined);

function open() {
  const socket = new SlowSocket();
  const state = { dropped: 0 };
  const outbox = new Outbox(
    socket,
    (each) => each.native(),
    () => {
      state.dropped += 1;
    },
  );
  return { socket, outbox, state };
}

const numbers = (socket: SlowSocket) =>
  socket.sent.map((text) => JSON.parse(text)).flatMap(({ detection }) => detection?.n ?? []);

test('a quick socket gets every box', () => {
  const { socket, outbox } = open();
  for (let n = 0; n < 5; n += 1) outbox.offer(frame('cam1', n));
  assert.deepEqual(numbers(socket), [0, 1, 2, 3, 4]);
});

test('a slow socket loses old boxes, never the newest of a camera', () => {
  const { socket, outbox, state } = open();
  socket.bufferedAmount = 1_000_000;
  for (let n = 0; n < 5; n += 1) outbox.offer(frame('cam1', n));
  outbox.offer(frame('cam2', 9));
  assert.deepEqual(numbers(socket), []);
  outbox.say({ type: 'subscribed', camera: 'cam3' });
  socket.drain();
  assert.deepEqual(numbers(socket), [4, 9]);
  assert.equal(state.dropped, 4);
});

test('what was said about subscriptions goes even when the socket is slow', () => {
  const { socket, outbox } = open();
  socket.bufferedAmount = 1_000_000;
  outbox.say({ type: 'denied', camera: 'cam1', reason: 'no' });
  assert.equal(socket.sent.length, 1);
});

test('a camera that is no longer followed sends nothing more', () => {
  const { socket, outbox } = open();
  socket.bufferedAmount = 1_000_000;
  outbox.offer(frame('cam1', 1));
  outbox.forget('cam1');
  outbox.say({ type: 'unsubscribed', camera: 'cam1' });
  socket.drain();
  assert.deepEqual(numbers(socket), []);
});
