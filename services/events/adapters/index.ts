import { maxWorkerPayloadBytes } from '@sightline/contracts';
import { fromFlat } from './flat.ts';
import { fromNative } from './native.ts';
import { BadPayload, type Draft, type FrameSize, parseJson } from './payload.ts';

export { BadPayload, type Draft, parseJson } from './payload.ts';

/** Remembers the frame size of each camera, for flat messages in pixels that do not tell it. */
export class FrameSizes {
  readonly #sizes = new Map<string, FrameSize>();

  get(camera: string): FrameSize | undefined {
    return this.#sizes.get(camera);
  }

  learn({ camera, frame }: Draft): void {
    if (!frame.width || !frame.height) return;
    if (this.#sizes.size >= 10_000 && !this.#sizes.has(camera)) return;
    this.#sizes.set(camera, [frame.width, frame.height]);
  }
}

/** Reads a worker's message in whichever form it is. Throws {@link BadPayload}, and nothing else, whatever comes. */
export function readPayload(text: string, sizes: FrameSizes): Draft {
  if (Buffer.byteLength(text) > maxWorkerPayloadBytes) {
    throw new BadPayload(`Expected at most ${maxWorkerPayloadBytes} bytes, got ${Buffer.byteLength(text)}.`);
  }
  const payload = parseObject(text);
  const camera = payload.camera_id;
  const draft =
    'v' in payload
      ? fromNative(payload)
      : fromFlat(payload, typeof camera === 'string' ? sizes.get(camera) : undefined);
  sizes.learn(draft);
  return draft;
}

function parseObject(text: string): Record<string, unknown> {
  const value = parseJson(text, 'JSON');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BadPayload('Expected a JSON object, got another kind of value.');
  }
  return { ...value };
}
