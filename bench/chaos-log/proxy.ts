import { connect, createServer, type Socket } from 'node:net';

/** A loopback proxy in front of a port, which can stop carrying anything. */
export interface Line {
  port: number;
  /** Carries nothing for a while, then goes on where it was, or breaks every connection. */
  cut(ms: number, then: 'go on' | 'break'): void;
  close(): void;
}

export async function startProxy(target: number): Promise<Line> {
  const sockets = new Set<Socket>();
  let stopped = false;
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.on('data', (chunk) => {
        if (to.write(chunk)) return;
        from.pause();
        to.once('drain', () => stopped || from.resume());
      });
      if (stopped) from.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cut: (ms, then) => {
      stopped = true;
      for (const socket of sockets) socket.pause();
      setTimeout(() => {
        stopped = false;
        for (const socket of sockets) {
          if (then === 'break') socket.destroy();
          else socket.resume();
        }
      }, ms);
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
