import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { test } from 'node:test';
import { holdingProxy } from '../../tests/support/holding-proxy.ts';

test('what is held back comes whole and in its order', async () => {
  const sent = Array.from({ length: 300 }, (_, index) => `${index} `);
  const camera = createServer(async (socket) => {
    socket.setNoDelay(true);
    for (const part of sent) {
      socket.write(part);
      await new Promise((resolve) => setImmediate(resolve));
    }
  });
  await once(camera.listen(0, '127.0.0.1'), 'listening');
  const proxy = await holdingProxy((camera.address() as AddressInfo).port, 20);
  const client = connect(proxy.port, '127.0.0.1');
  const wanted = sent.join('');
  let got = '';
  for await (const data of client) {
    got += data;
    if (got.length >= wanted.length) break;
  }
  await proxy.close();
  camera.close();
  assert.equal(got, wanted);
});
