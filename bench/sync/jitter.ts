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
    void heldBack(camera, client, jitterMs);
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

/** One wait after the other: what comes later never overtakes, and now and then catches up. */
async function heldBack(from: Socket, to: Socket, jitterMs: number): Promise<void> {
  let last = 0;
  from.on('data', (data) => {
    const due = Math.max(last, performance.now() + Math.random() ** 3 * jitterMs);
    last = due;
    void pause(Math.max(0, due - performance.now())).then(() => to.destroyed || to.write(data));
  });
}
