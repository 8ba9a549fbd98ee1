import { connect, createServer, type Socket } from 'node:net';

/** A line to a camera that can hold back what the camera sends. */
export interface HoldingProxy {
  port: number;
  /** Holds every byte of the camera back for so long from now on (ms); their order stays. */
  hold(ms: number): void;
  close(): Promise<void>;
}

/** Listens on loopback and passes everything on to a port of this machine. */
export async function holdingProxy(target: number): Promise<HoldingProxy> {
  const line = { holdMs: 0 };
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    return socket;
  };
  const server = createServer((viewer) => {
    const camera = keep(connect(target, '127.0.0.1'));
    keep(viewer).pipe(camera);
    holdBack(camera, viewer, line);
    viewer.on('close', () => camera.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    hold: (ms) => Object.assign(line, { holdMs: ms }),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function holdBack(from: Socket, to: Socket, line: { holdMs: number }): void {
  let dueAt = 0;
  const later = (work: () => void) => {
    dueAt = Math.max(dueAt, performance.now() + line.holdMs);
    setTimeout(work, Math.max(0, dueAt - performance.now()));
  };
  from.on('data', (chunk: Buffer) => later(() => to.write(chunk)));
  from.on('close', () => later(() => to.destroy()));
}
