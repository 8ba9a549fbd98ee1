import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { test } from 'node:test';
import { reachWithin } from './reach.ts';

test('a camera that wants its password in its URL is asked with it', async () => {
  const asked: string[] = [];
  const camera = createServer((socket) => {
    socket.on('data', (data) => {
      asked.push(data.toString().split('\r\n')[0] ?? '');
      socket.end('RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n');
    });
  }).listen(0, '127.0.0.1');
  await once(camera, 'listening');
  const { port } = camera.address() as AddressInfo;
  const url = `rtsp://127.0.0.1:${port}/?user=ann&password=***`;
  const credentials = { username: '', password: '', inUrl: 'hunter2' };
  const reached = await reachWithin(['127.0.0.0/8'])({ url, credentials }, new AbortController().signal);
  camera.close();
  const whole = `rtsp://127.0.0.1:${port}/?user=ann&password=hunter2`;
  assert.deepEqual([asked[0], reached.url.href], [`DESCRIBE ${whole} RTSP/1.0`, whole]);
});

test('a camera outside the networks is not asked', async () => {
  const reach = reachWithin(['10.0.0.0/8']);
  await assert.rejects(
    reach({ url: 'rtsp://127.0.0.1:1/', credentials: undefined }, new AbortController().signal),
    (error: Error & { outcome?: { reason: { code: string } } }) => error.outcome?.reason.code === 'address_refused',
  );
});
