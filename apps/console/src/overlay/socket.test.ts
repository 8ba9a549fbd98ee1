import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Detection } from '@sightline/contracts/detection';
import { OverlaySocket } from './socket.ts';

/** A socket whose other end is the test. */
class FakeSocket extends EventTarget {
  readyState = 0;
  sent: string[] = [];
  send(text: string): void {
    this.sent.push(text);
  }
  accept(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }
  say(message: object): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data: JSON.stringify(message) }));
  }
  close(): void {
    this.readyState = 3;
    this.dispatchEvent(new Event('close'));
  }
}

function open(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  const sockets: FakeSocket[] = [];
  const clock = { now: 0 };
  const told: string[] = [];
  const overlay = new OverlaySocket({
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    now: () => clock.now,
  });
  const follower = {
    onDetection: () => told.push('detection'),
    onCamera: ({ state }: { state: string }) => told.push(state),
    onDenied: () => told.push('denied'),
  };
  const pass = (ms: number) => {
    for (let left = ms; left > 0; left -= 500) {
      clock.now += 500;
      t.mock.timers.tick(500);
    }
  };
  return { overlay, sockets, told, follower, pass, newest: () => sockets.at(-1) ?? new FakeSocket() };
}

const subscribe = (...cameras: string[]) => JSON.stringify({ type: 'subscribe', cameras });
const state = { type: 'camera', camera: 'cam7', state: 'live', reason: { code: 'live', text: 'Live.' } };
const live = { ...state, since: '2026-11-24T10:00:00.000Z' };

test('what is followed is subscribed to, and again on every new socket', (t) => {
  const { overlay, follower, sockets, newest, pass } = open(t);
  overlay.follow('cam7', follower);
  newest().accept();
  assert.deepEqual(newest().sent, [subscribe('cam7')]);
  newest().close();
  pass(500);
  assert.equal(sockets.length, 2);
  newest().accept();
  assert.deepEqual(newest().sent, [subscribe('cam7')]);
});

test('a socket that can never be opened is tried for ever', (t) => {
  const { overlay, follower, sockets, newest, pass } = open(t);
  overlay.follow('cam7', follower);
  for (let tries = 1; tries < 40; tries += 1) {
    newest().close();
    pass(5_000);
    assert.equal(sockets.length, tries + 1);
  }
});

test('nobody follows, so nothing is open and nothing is tried', (t) => {
  const { overlay, follower, sockets, newest, pass } = open(t);
  const stop = overlay.follow('cam7', follower);
  newest().accept();
  stop();
  assert.equal(newest().readyState, 3);
  pass(20_000);
  assert.equal(sockets.length, 1);
});

test('a socket that answers nothing any more is given up', (t) => {
  const { overlay, follower, sockets, newest, pass } = open(t);
  overlay.follow('cam7', follower);
  newest().accept();
  pass(9_000);
  assert.deepEqual(newest().sent, [subscribe('cam7'), subscribe('cam7')]);
  pass(9_000);
  assert.equal(sockets.length, 2);
});

test('who was denied asks again and is heard when the right has come', (t) => {
  const { overlay, follower, newest, told, pass } = open(t);
  overlay.follow('cam7', follower);
  newest().accept();
  newest().say({ type: 'denied', camera: 'cam7', reason: 'no' });
  pass(5_000);
  assert.deepEqual(newest().sent, [subscribe('cam7'), subscribe('cam7')]);
  newest().say(live);
  assert.deepEqual(told, ['denied', 'live']);
});

const seen: Detection = {
  id: 'd1',
  site: 'north',
  camera: 'cam7',
  source: 'main',
  capturedAtUs: 1,
  clock: { name: 'worker', errorUs: null },
  frame: { pts: 1, width: 640 },
  worker: { id: 'w', run: 'r' },
  model: { name: 'm', version: '1' },
  receivedAtUs: 2,
  objects: [{ track: '1', class: 'person', score: 0.9, box: [0, 0, 0.1, 0.4] }],
};
const change = { capturedAtUs: 3, receivedAtUs: 4, frame: { pts: 5 }, objects: [[0, [0.2, 0, 0.1, 0.4]]] };
const delta = (base: string) => ({ type: 'delta', camera: 'cam7', base, delta: { id: 'd2', ...change } });

test('what is told by a change is the whole again; from a base that is not known, or of another socket, nothing is', (t) => {
  const { overlay, newest, pass } = open(t);
  const arrived: Detection[] = [];
  const follower = { onDetection: (each: { detection: Detection }) => arrived.push(each.detection) };
  overlay.follow('cam7', { ...follower, onCamera: () => undefined, onDenied: () => undefined });
  newest().accept();
  newest().say(delta('d1'));
  newest().say({ type: 'detection', detection: seen, base: true });
  newest().say(delta('d1'));
  newest().say(delta('d0'));
  newest().close();
  pass(500);
  newest().accept();
  newest().say(delta('d1'));
  const [person] = seen.objects;
  const moved = { ...seen, id: 'd2', capturedAtUs: 3, receivedAtUs: 4, frame: { pts: 5, width: 640 } };
  assert.deepEqual(arrived, [seen, { ...moved, objects: [{ ...person, box: [0.2, 0, 0.1, 0.4] }] }]);
});

test('what is not of the contract is left aside', (t) => {
  const { overlay, follower, newest, told } = open(t);
  overlay.follow('cam7', follower);
  newest().accept();
  newest().say({ type: 'camera', camera: 'cam7', state: 'on fire' });
  newest().dispatchEvent(Object.assign(new Event('message'), { data: 'not JSON' }));
  assert.deepEqual(told, []);
});
