import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { Stack } from '@sightline/infra/embedded/stack';
import { Redis } from 'ioredis';
import { type WebSocket, WebSocketServer } from 'ws';

/** The least that could be done: Redis Stream to NATS to WebSocket, nothing parsed, nobody asked, everybody sent everything. */
export interface Peer {
  port: number;
  stream: string;
  close(): Promise<void>;
}

/** Starts the bare echo on the same Redis and NATS. */
export async function startPeer({ ports, secrets }: Stack): Promise<Peer> {
  const stream = 'peer';
  const reader = new Redis(`redis://admin:${secrets.redis.admin}@127.0.0.1:${ports.redis}`);
  const nats = await connect({ servers: `127.0.0.1:${ports.nats}`, user: 'admin', pass: secrets.nats.admin ?? '' });
  const sockets = new Set<WebSocket>();
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await new Promise((resolve) => server.once('listening', resolve));
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  nats.subscribe('peer', {
    callback: (_error, message) => {
      for (const socket of sockets) socket.send(message.string());
    },
  });
  const state = { running: true };
  const loop = copy({ reader, nats, stream, state });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    stream,
    close: async () => {
      state.running = false;
      reader.disconnect();
      await loop;
      for (const socket of sockets) socket.terminate();
      server.close();
      await nats.close();
    },
  };
}

async function copy({
  reader,
  nats,
  stream,
  state,
}: {
  reader: Redis;
  nats: NatsConnection;
  stream: string;
  state: { running: boolean };
}): Promise<void> {
  let last = '$';
  while (state.running) {
    const answer = await reader.xread('COUNT', 500, 'BLOCK', 1_000, 'STREAMS', stream, last).catch(() => null);
    for (const [id, fields] of answer?.[0]?.[1] ?? []) {
      nats.publish('peer', fields[1] ?? '');
      last = id;
    }
  }
}
