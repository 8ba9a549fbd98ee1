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
async function passOn({ readable, writable, options: { id, named } }: TransformEvent['transformer']): Promise<void> {
  const [reader, writer] = [readable.getReader(), writable.getWriter()];
  for (;;) {
    const { done, value: frame } = await reader.read();
    if (done) return;
    if (named) name(id, frame);
    await writer.write(frame);
  }
}

/** Its bytes are gone once it is handed on. */
function name(id: number, frame: EncodedFrame): void {
  const { rtpTimestamp: rtp } = frame.getMetadata();
  if (rtp !== undefined) note(id, { rtp, key: frameKey(new Uint8Array(frame.data)), receivedAt: performance.now() });
}

function note(id: number, frame: NamedFrame): void {
  if (waiting.size === 0) setTimeout(flush, batchMs);
  waiting.set(id, [...(waiting.get(id) ?? []), frame]);
}

self.addEventListener('rtctransform', (event) => {
  // A receiver that has gone takes its streams with it.
  if (isTransform(event)) passOn(event.transformer).catch(() => undefined);
});
self.addEventListener('message', ({ data }: MessageEvent<NamesRequest>) => {
  if (data.type === 'ping') say({ type: 'pong', askedAt: data.askedAt, now: performance.now() });
});

const isTransform = (event: Event): event is TransformEvent => 'transformer' in event;
