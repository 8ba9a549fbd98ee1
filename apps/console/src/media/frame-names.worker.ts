import { frameKey } from './frame-key.ts';
import type { NamedFrame, NamesMessage, NamesRequest } from './named-frame.ts';

/** Names are told together: a message a frame and camera would cost the page more than the naming costs here (ms). */
const batchMs = 8;
const waiting = new Map<number, NamedFrame[]>();

/** What this worker needs of its surroundings (WebRTC Encoded Transform, W3C). */
interface EncodedFrame {
  data: ArrayBuffer;
  getMetadata(): { rtpTimestamp?: number };
}
interface TransformEvent extends Event {
  transformer: {
    readable: ReadableStream<EncodedFrame>;
    writable: WritableStream<EncodedFrame>;
    options: { id: number; named: boolean };
  };
}

const say = (message: NamesMessage) => self.postMessage(message);

function flush(): void {
  for (const [id, frames] of waiting) say({ type: 'frames', id, frames });
  waiting.clear();
}

/** Names each frame and hands it on untouched. */
function passOn({ readable, writable, options: { id, named } }: TransformEvent['transformer']): void {
  const transform = new TransformStream<EncodedFrame, EncodedFrame>({
    transform: (frame, controller) => {
      const { rtpTimestamp: rtp } = frame.getMetadata();
      // Its bytes are gone once it is handed on.
      if (named && rtp !== undefined)
        note(id, { rtp, key: frameKey(new Uint8Array(frame.data)), receivedAt: epochNow() });
      controller.enqueue(frame);
    },
  });
  readable
    .pipeThrough(transform)
    .pipeTo(writable)
    .catch(() => undefined);
}

function note(id: number, frame: NamedFrame): void {
  if (waiting.size === 0) setTimeout(flush, batchMs);
  waiting.set(id, [...(waiting.get(id) ?? []), frame]);
}

const epochNow = () => performance.timeOrigin + performance.now();

self.addEventListener('rtctransform', (event) => {
  if (isTransform(event)) passOn(event.transformer);
});
self.addEventListener('message', ({ data }: MessageEvent<NamesRequest>) => {
  if (data.type === 'ping') say({ type: 'pong' });
});

const isTransform = (event: Event): event is TransformEvent => 'transformer' in event;
