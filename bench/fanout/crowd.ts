import { connect, type Socket } from 'node:net';
import { FrameReader, maskedFrame } from './frames.ts';

/** What the crowd is told to do; it answers `done`, or a {@link Heard} to `report`. */
export type Order =
  | Opening
  | { order: 'clear' }
  | { order: 'report' }
  | { order: 'stall'; count: number }
  | { order: 'leave' };

/** So many sockets to open; the ages of what comes to them are read when they are watched. */
interface Opening {
  order: 'open';
  port: number;
  path: string;
  headers: string[];
  greeting: string[];
  count: number;
  watched: boolean;
}

/** Boxes that came to all sockets since `clear`, and how old those of the watched ones were (ms). */
export interface Heard {
  deliveries: number;
  ages: number[];
}

const smallest = 200;
const members: Socket[] = [];
let joined = 0;
let heard: Heard = { deliveries: 0, ages: [] };

/** Many WebSocket clients in one process that do as little as they can: count boxes, answer pings, read some ages. */
process.on('message', (order: Order) => {
  void obey(order).then(
    (answer) => process.send?.(answer),
    (error: unknown) => process.send?.({ failed: String(error) }),
  );
});

async function obey(order: Order): Promise<Heard | 'done'> {
  if (order.order === 'report') return heard;
  if (order.order === 'clear') heard = { deliveries: 0, ages: [] };
  if (order.order === 'stall') for (const member of members.slice(-order.count)) member.pause();
  if (order.order === 'leave') for (const member of members.splice(0)) member.destroy();
  if (order.order === 'open') {
    for (let opened = 0; opened < order.count; opened += 20) {
      const few = Array.from({ length: Math.min(20, order.count - opened) });
      await Promise.all(few.map(() => join(order)));
    }
  }
  return 'done';
}

function join({ port, path, headers, greeting, watched }: Opening): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  members.push(socket);
  joined += 1;
  socket.setNoDelay(true);
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n` +
      // Requests are limited by session, and by address before it is known.
      `X-Forwarded-For: 10.0.${(joined >> 8) & 255}.${joined & 255}\r\n${headers[joined % headers.length]}\r\n`,
  );
  const reader = new FrameReader({
    keepText: watched,
    onPing: (payload) => socket.write(maskedFrame(0xa, payload)),
    onText: (length, text) => {
      if (length < smallest) return;
      heard.deliveries += 1;
      const captured = watched ? /"capturedAtUs":(\d+)/.exec(text)?.[1] : undefined;
      if (captured) heard.ages.push(performance.timeOrigin + performance.now() - Number(captured) / 1000);
    },
  });
  return new Promise((resolve, reject) => {
    let handshake = '';
    socket.on('error', () => reject(new Error('refused')));
    socket.on('data', (chunk: Buffer) => {
      if (handshake === 'done') return reader.take(chunk);
      handshake += chunk.toString('latin1');
      const end = handshake.indexOf('\r\n\r\n');
      if (end < 0) return;
      if (!handshake.startsWith('HTTP/1.1 101')) return reject(new Error(handshake.slice(0, 200)));
      const rest = Buffer.from(handshake.slice(end + 4), 'latin1');
      handshake = 'done';
      for (const text of greeting) socket.write(maskedFrame(0x1, Buffer.from(text)));
      resolve();
      reader.take(rest);
    });
  });
}
