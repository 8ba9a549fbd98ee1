import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A line to a camera that can hold back what the camera sends. */
export interface HoldingProxy {
  port: number;
  /** Holds every byte of the camera back for so long from now on (ms); their order stays. */
  hold(ms: number): void;
  close(): Promise<void>;
}

/** What a line does to each chunk that the camera sends (ms). */
interface Line {
  holdMs: number;
  /** Held back by up to so much more, mostly by little. */
  jitterMs: number;
}

/** Listens on loopback and passes everything on to a port of this machine, what the camera sends with some jitter (ms). */
export async function holdingProxy(target: number, jitterMs = 0): Promise<HoldingProxy> {
  const line: Line = { holdMs: 0, jitterMs };
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

/** One wait after the other, since timers that end in the same millisecond may fire in any order: what comes later never overtakes. */
function holdBack(from: Socket, to: Socket, line: Line): void {
  const held: { work: () => void; due: number }[] = [];
  let carrying = false;
  const carry = async () => {
    carrying = true;
    for (let next = held.shift(); next; next = held.shift()) {
      await pause(Math.max(0, next.due - performance.now()));
      next.work();
    }
    carrying = false;
  };
  const later = (work: () => void) => {
    held.push({ work, due: performance.now() + line.holdMs + Math.random() ** 3 * line.jitterMs });
    if (!carrying) void carry();
  };
  from.on('data', (chunk: Buffer) => later(() => to.write(chunk)));
  from.on('close', () => later(() => to.destroy()));
}
