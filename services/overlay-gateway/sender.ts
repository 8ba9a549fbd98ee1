import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Sender } from './outbox.ts';
import { wsFrame } from './ws-frame.ts';

/**
 * Sends to a WebSocket whose TCP stream is at hand. Boxes are framed once for all sockets and written to the stream as they
 * stand; `ws` keeps nothing back without compression, so that its own messages and these never mix within one frame.
 */
export function senderTo(socket: WebSocket, stream: Socket): Sender {
  return {
    get buffered() {
      return stream.writableLength;
    },
    say: (text) => socket.send(text),
    write: (frames, mark) => {
      if (socket.readyState !== socket.OPEN) return;
      stream.write(frames);
      if (mark !== undefined) stream.write(wsFrame('ping', [Buffer.from(mark)]));
    },
    giveUp: () => socket.terminate(),
  };
}
