import { createServer } from 'node:http';
import { connect } from '@nats-io/transport-node';
import { Server } from 'socket.io';
import { WebSocketServer } from 'ws';

/**
 * What most would write, as a process of its own: every message of NATS to every socket, by bare `ws` (one stringify a
 * message, one send a socket) or by Socket.IO (one emit to all). Tells its parent the port that it listens on.
 */
const { PEER, NATS_URL, NATS_USER, NATS_PASSWORD } = process.env;
const nats = await connect({ servers: NATS_URL ?? '', user: NATS_USER ?? '', pass: NATS_PASSWORD ?? '' });
const http = createServer();
const send = PEER === 'ws' ? bareWs() : socketIo();
nats.subscribe('det.>', { callback: (_error, message) => send(message.json()) });
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
