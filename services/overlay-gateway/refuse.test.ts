import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { createLogger, guardOf, Knowledge } from '@sightline/service';
import { buildApp } from './app.ts';
import { Fanout } from './fanout.ts';
import { Flusher } from './flusher.ts';
import { Statuses } from './statuses.ts';

const upgrade = [
  'GET /overlay HTTP/1.1',
  'Host: sightline.example',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  '\r\n',
].join('\r\n');

test('a refused upgrade is answered, and its connection closed: a proxy may not use it again', async (t) => {
  const app = await buildApp({
    logger: createLogger('overlay-gateway', 'silent'),
    guard: guardOf(new Knowledge()),
    origins: [],
    directory: { find: () => undefined, list: () => [], onChange: () => () => undefined, ready: Promise.resolve() },
    fanout: new Fanout({ subscribe: () => assert.fail() }, () => undefined),
    flusher: new Flusher(() => {}),
    statuses: new Statuses(() => undefined),
    people: { count: () => Promise.resolve(0) },
  });
  const url = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  t.after(() => app.close());
  const socket = connect(Number(url.port), url.hostname);
  let answer = '';
  socket.on('data', (data) => {
    answer += data;
  });
  socket.write(upgrade);
  await new Promise((resolve) => socket.once('end', resolve));
  assert.match(answer, /^HTTP\/1\.1 401 /);
  assert.match(answer, /\r\nconnection: close\r\n/i);
});
