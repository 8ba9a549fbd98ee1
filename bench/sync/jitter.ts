import { createConnection, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A proxy on loopback that holds what it carries to the client back, by up to `jitterMs` and in order. */
export interface Proxy {
  port: number;
  close(): Promise<void>;
}

export async function startJitter(target: number, jitterMs: number): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const camera = createConnection(target, '127.0.0.1');
    for (const [socket, other] of [
      [client, camera],
      [camera, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    client.pipe(camera);
    heldBack(camera, client, jitterMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One wait after the other, since timers that end in the same millisecond may fire in any order: what comes later never overtakes. */
function heldBack(from: Socket, to: Socket, jitterMs: number): void {
  const held: { data: Buffer; due: number }[] = [];
  let carrying = false;
  const carry = async () => {
    carrying = true;
    for (let next = held.shift(); next; next = held.shift()) {
      await pause(Math.max(0, next.due - performance.now()));
      if (!to.destroyed) to.write(next.data);
    }
    carrying = false;
  };
  from.on('data', (data: Buffer) => {
    held.push({ data, due: performance.now() + Math.random() ** 3 * jitterMs });
    if (!carrying) void carry();
  });
}
