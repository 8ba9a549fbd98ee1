import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { overlayProtocols } from '@sightline/contracts';
import WebSocket from 'ws';
import { OverlaySocket } from '../../apps/console/src/overlay/socket.ts';
import { operator, viewer } from '../support/client.ts';
import { type Lanes, native, startLanes } from '../support/lanes.ts';
import { openOverlay } from '../support/overlay.ts';
import { until } from '../support/until.ts';

let lanes: Lanes;
before(async () => {
  lanes = await startLanes(['cam7', 'cam8']);
});
after(() => lanes?.end());

const copies = ['overlay-gateway', 'overlay-gateway-2'];

/** How many sockets each copy holds. */
async function socketsAt(copy: number): Promise<number> {
  const port = lanes.system.stack.ports.services['overlay-gateway'][copy];
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^sightline_overlay_sockets (\d+)/m.exec(text)?.[1] ?? 0);
}

test('how many people follow a camera is counted over both copies, and one with two windows once', async () => {
  const { stack } = lanes.system;
  const administrator = await operator(stack);
  const people = async () => (await administrator.get('/api/overlay-gateway/cameras/cam8/people')).body.people;
  await until('nobody', async () => (await people()) === 0);
  const [cid, dan] = [await viewer(stack, 'cid', ['yard']), await viewer(stack, 'dan', ['yard'])];
  const windows = [];
  for (const { cookie } of [cid, cid, dan]) windows.push(await openOverlay(stack, { cookie }));
  for (const window of windows) window.subscribe('cam8');
  await until('two people at two copies', async () => (await people()) === 2 && (await socketsAt(0)) > 0);
  assert.ok((await socketsAt(1)) > 0);
  for (const { socket } of windows) socket.close();
  await until('nobody again', async () => (await people()) === 0);
});

test("when a gateway is killed, the console's viewers are on another at once and boxes go on", async (t) => {
  const { stack } = lanes.system;
  const { cookie } = await viewer(stack, 'ann', ['yard']);
  const arrivals: number[] = [];
  const overlay = new OverlaySocket({
    open: () => {
      const headers = { cookie, origin: stack.url };
      const url = `${stack.url.replace('http', 'ws')}/overlay`;
      const protocols = [overlayProtocols.delta, overlayProtocols.native];
      return new WebSocket(url, protocols, { headers }) as unknown as globalThis.WebSocket;
    },
  });
  t.after(() => overlay.close());
  overlay.follow('cam7', { onDetection: () => arrivals.push(performance.now()), onCamera() {}, onDenied() {} });
  let sequence = 0;
  const writing = setInterval(() => void lanes.xadd(native('cam7', sequence++)), 50);
  t.after(() => clearInterval(writing));
  await until('boxes', async () => arrivals.length > 5);
  const copy = await until('who serves it', async () => {
    const [first, second] = [await socketsAt(0), await socketsAt(1)];
    return first + second === 1 && [first, second];
  });
  const serving = copies[copy.indexOf(1)] ?? '';
  const killedAt = performance.now();
  stack.child(serving).kill('SIGKILL');
  await until('the socket has closed', async () => !overlay.connected);
  await until('boxes of another copy', async () => overlay.connected && (arrivals.at(-1) ?? 0) > killedAt + 100);
  const next = arrivals.find((at) => at > killedAt + 100) ?? 0;
  t.diagnostic(`boxes went on ${Math.round(next - killedAt)} ms after the kill`);
});

test('a subscriber is sent the objects that he asked for, and what others want is theirs', async () => {
  const { stack } = lanes.system;
  const { cookie } = await viewer(stack, 'ben', ['yard']);
  const [all, faces] = [await openOverlay(stack, { cookie }), await openOverlay(stack, { cookie })];
  all.subscribe('cam8');
  faces.socket.send(
    JSON.stringify({ type: 'subscribe', cameras: ['cam8'], filter: { classes: ['face'], minScore: 0.5 } }),
  );
  for (const client of [all, faces]) await client.seen('subscribed', ({ type }) => type === 'subscribed');
  const face = (score: number) => ({ class: 'face', score, box: [0, 0, 0.1, 0.1] });
  const objects = [face(0.9), face(0.4), { class: 'person', score: 0.9, box: [0, 0, 1, 1] }];
  await lanes.xadd(native('cam8', 1, { objects }));
  const boxes = async (client: typeof all) =>
    (await client.seen('the detection', ({ type }) => type === 'detection')).detection.objects;
  assert.equal((await boxes(all)).length, 3);
  assert.deepEqual(await boxes(faces), [face(0.9)]);
  for (const client of [all, faces]) client.socket.close();
});

test('a slow socket gets the newest boxes when it reads again, and costs nobody else any', async () => {
  const [slow, quick] = await Promise.all(
    ['sam', 'kim'].map(async (name) =>
      openOverlay(lanes.system.stack, { cookie: (await viewer(lanes.system.stack, name, ['yard'])).cookie }),
    ),
  );
  if (!slow || !quick) throw new Error('no sockets');
  for (const client of [slow, quick]) {
    client.subscribe('cam7');
    await client.seen('subscribed', ({ type }) => type === 'subscribed');
  }
  slow.socket.pause();
  const filler = 'x'.repeat(60);
  const large = (sequence: number) => {
    const message = JSON.parse(native('cam7', sequence));
    message.objects = Array.from({ length: 300 }, () => ({ ...message.objects[0], attributes: { filler } }));
    return JSON.stringify(message);
  };
  const last = 200_400;
  for (let sequence = 200_000; sequence <= last; sequence += 1) await lanes.xadd(large(sequence));
  const sequences = (client: typeof slow) =>
    client.messages.flatMap(({ detection }) => detection?.frame.sequence ?? []);
  await until('the quick one has the newest', async () => sequences(quick).includes(last));
  slow.socket.resume();
  await until('the slow one has the newest too', async () => sequences(slow).includes(last));
  assert.ok(
    sequences(slow).length < sequences(quick).length,
    `${sequences(slow).length} of ${sequences(quick).length}`,
  );
  for (const client of [slow, quick]) client.socket.close();
});

test('a message that is too large closes its socket and no other', async () => {
  const jo = await viewer(lanes.system.stack, 'jo', ['yard']);
  const [rude, polite] = [
    await openOverlay(lanes.system.stack, { cookie: jo.cookie }),
    await openOverlay(lanes.system.stack, { cookie: jo.cookie }),
  ];
  rude.socket.send('x'.repeat(100_000));
  // The gateway closes before it has read everything: TCP may reset the line ahead of the close frame, seen as 1006.
  const code = await until('closed', async () => rude.closed.code);
  assert.ok(code === 1009 || code === 1006, `closed with ${code}`);
  polite.subscribe('cam7');
  await polite.seen('still there', ({ type }) => type === 'subscribed');
  polite.socket.close();
});
