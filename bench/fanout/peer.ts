import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { connect } from '@nats-io/transport-node';
import { Server } from 'socket.io';
import { WebSocketServer } from 'ws';
import { waitMsFor } from '../../services/overlay-gateway/flusher.ts';
import { wsFrame } from '../../services/overlay-gateway/ws-frame.ts';
import { perSecond } from './feeder.ts';

/** As long as what the console is told of five people who have moved: see encodings.ts. */
const boxBytes = 321;

/**
 * What most would write, as a process of its own: every message of NATS to every socket, by bare `ws` (one stringify a
 * message, one send a socket) or by Socket.IO (one emit to all). Or the least that can be done: as many boxes as NATS tells,
 * framed before it begins, in one write a socket as often as the gateway writes to a crowd, and nothing else. Tells its
 * parent the port that it listens on.
 */
const { PEER, NATS_URL, NATS_USER, NATS_PASSWORD } = process.env;
const nats = await connect({ servers: NATS_URL ?? '', user: NATS_USER ?? '', pass: NATS_PASSWORD ?? '' });
const http = createServer();
if (PEER === 'bare writes') bareWrites();
else {
  const send = PEER === 'ws' ? bareWs() : socketIo();
  nats.subscribe('det.>', { callback: (_error, message) => send(message.json()) });
}
http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
});

function bareWs(): (detection: unknown) => void {
  const server = new WebSocketServer({ server: http });
  return (detection) => {
    const text = JSON.stringify({ type: 'detection', detection });
    for (const client of server.clients) client.send(text);
  };
}

function socketIo(): (detection: unknown) => void {
  const server = new Server(http, { transports: ['websocket'] });
  return (detection) => void server.emit('detection', detection);
}

function bareWrites(): void {
  const streams: Socket[] = [];
  new WebSocketServer({ server: http }).on('connection', (client, { socket }) => {
    streams.push(socket);
    client.on('close', () => streams.splice(streams.indexOf(socket), 1));
    client.on('error', () => {});
  });
  const box = wsFrame('text', [Buffer.alloc(boxBytes, 'x')]);
  const started = performance.now();
  let sent = 0;
  setInterval(() => {
    const due = Math.floor(((performance.now() - started) / 1_000) * perSecond) - sent;
    sent += due;
    const boxes = Buffer.concat(Array.from({ length: due }, () => box));
    for (const stream of streams) stream.write(boxes);
  }, waitMsFor(1_000));
}
