import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import WebSocket, { WebSocketServer } from 'ws';
import { wsFrame } from './ws-frame.ts';

test('a client reads messages of every length that were framed here, several in one write', async () => {
  const texts = [0, 1, 125, 126, 65_535, 65_536, 100_000].map(
    (length) => 'é'.repeat(length / 2) + 'x'.repeat(length % 2),
  );
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (_socket, request) => {
    request.socket.write(Buffer.concat(texts.map((text) => wsFrame('text', [Buffer.from(text)]))));
  });
  const address = server.address();
  const client = new WebSocket(`ws://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
  const got: string[] = [];
  const all = new Promise<void>((resolve) => {
    client.on('message', (data) => got.push(String(data)) === texts.length && resolve());
  });
  await all;
  assert.deepEqual(got, texts);
  client.terminate();
  server.close();
});
