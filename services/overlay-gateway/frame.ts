import type { DetectedObject, Detection } from '@sightline/contracts';
import type { Filter } from './filter.ts';
import { wsFrame } from './ws-frame.ts';

/** Which subprotocol's messages a socket is sent. */
export type Form = 'native' | 'flat';

/** What one detection is to a socket: its camera, and the WebSocket messages as they go over the wire. */
export interface Encoded {
  camera: string;
  data: Buffer;
}

const before = Buffer.from('{"type":"detection","detection":');
const after = Buffer.from('}');

/**
 * One detection on its way to sockets. Each form of it, whole or filtered, is made once for all sockets, and only when one
 * wants it; the whole native message holds the JSON as it came, so that nothing is parsed for it.
 */
export class Frame {
  readonly camera: string;
  readonly #json: Uint8Array;
  readonly #traceparent: string | undefined;
  readonly #encoded = new Map<string, Encoded>();
  #detection: Detection | undefined;

  constructor(camera: string, json: Uint8Array, traceparent?: string) {
    this.camera = camera;
    this.#json = json;
    this.#traceparent = traceparent;
  }

  encoded(form: Form, filter?: Filter): Encoded {
    const key = filter ? form + filter.key : form;
    const known = this.#encoded.get(key);
    if (known) return known;
    const data = form === 'native' ? this.#native(filter) : this.#flat(filter);
    const made = { camera: this.camera, data };
    this.#encoded.set(key, made);
    return made;
  }

  #native(filter: Filter | undefined): Buffer {
    const json = filter ? Buffer.from(JSON.stringify({ ...this.#parsed(), objects: this.#kept(filter) })) : this.#json;
    const trace = this.#traceparent ? [Buffer.from(`,"traceparent":${JSON.stringify(this.#traceparent)}`)] : [];
    return wsFrame('text', [before, json, ...trace, after]);
  }

  #flat(filter: Filter | undefined): Buffer {
    const messages = toFlat(this.#parsed(), this.#kept(filter));
    return Buffer.concat(messages.map((message) => wsFrame('text', [Buffer.from(message)])));
  }

  #kept(filter: Filter | undefined): DetectedObject[] {
    const { objects } = this.#parsed();
    return filter ? objects.filter(filter.keeps) : objects;
  }

  #parsed(): Detection {
    this.#detection ??= JSON.parse(Buffer.from(this.#json).toString()) as Detection;
    return this.#detection;
  }
}

/** The seed system's flat form, one message an object, in pixels of the frame where its size is known, else 0..1. */
function toFlat({ camera, capturedAtUs, frame }: Detection, objects: readonly DetectedObject[]): string[] {
  const { width, height } = frame;
  const sized = width !== undefined && height !== undefined;
  return objects.map(({ class: type, box: [x, y, w, h], track, score, name }) =>
    JSON.stringify({
      camera_id: camera,
      timestamp: capturedAtUs / 1e6,
      type,
      bbox: sized ? [x * width, y * height, w * width, h * height] : [x, y, w, h],
      track_id: track ?? null,
      confidence: score,
      name: name ?? null,
      ...(sized ? { frame_width: width, frame_height: height } : {}),
    }),
  );
}
