import { type DetectedObject, type Detection, deltaOf } from '@sightline/contracts';
import type { Bases, Told } from './bases.ts';
import type { Filter } from './filter.ts';
import { wsFrame } from './ws-frame.ts';

/** How a whole detection is told: natively, as one that others may be told from, or in the JSMpeg system's form. */
export type Whole = 'native' | 'base' | 'flat';

interface FrameOptions {
  /** The trace that it belongs to. */
  traceparent?: string | undefined;
  /** Those of its camera; without any it is told whole. */
  bases?: Pick<Bases, 'choose'>;
}

/** What one detection is to a socket: its camera, and the WebSocket messages as they go over the wire. */
export interface Encoded {
  camera: string;
  data: Buffer;
}

const before = Buffer.from('{"type":"detection","detection":');
const after = Buffer.from('}');
const isBase = Buffer.from(',"base":true');

/**
 * One detection on its way to sockets. Each form of it, whole or filtered, is made once for all sockets, and only when one
 * wants it; the whole native message holds the JSON as it came, so that nothing is parsed for it.
 */
export class Frame {
  readonly camera: string;
  readonly #json: Uint8Array;
  readonly #options: FrameOptions;
  readonly #wholes = new Map<string, Encoded>();
  readonly #deltas = new Map<string, Encoded | undefined>();
  #detection: Detection | undefined;
  #stream: string | undefined;
  #told: Told | undefined;

  constructor(camera: string, json: Uint8Array, options: FrameOptions = {}) {
    this.camera = camera;
    this.#json = json;
    this.#options = options;
  }

  /** What is in it; must not be changed. */
  get detection(): Detection {
    this.#detection ??= JSON.parse(Buffer.from(this.#json).toString()) as Detection;
    return this.#detection;
  }

  /** The name of what bases are kept for: its camera, worker and source. */
  get stream(): string {
    const { worker, source } = this.detection;
    this.#stream ??= JSON.stringify([this.camera, worker.id, source]);
    return this.#stream;
  }

  /** The frame that this one is told from in deltas, itself when it is a base; first to be asked in the order of arrival. */
  get base(): Frame {
    return this.#choose().base;
  }

  encoded(whole: Whole, filter?: Filter): Encoded {
    return this.#wholes.getOrInsertComputed(filter ? whole + filter.key : whole, () => ({
      camera: this.camera,
      data: whole === 'flat' ? this.#flat(filter) : this.#native(filter, whole === 'base' ? [isBase] : []),
    }));
  }

  /** What is different from its base, each with what a filter keeps of it; undefined when that is too much. */
  delta(filter?: Filter): Encoded | undefined {
    return this.#deltas.getOrInsertComputed(filter?.key ?? '', () => {
      const { base, delta: whole } = this.#choose();
      const delta = filter ? deltaOf(base.#kept(filter), this.#kept(filter)) : whole;
      if (!delta) return undefined;
      const message = { type: 'delta', camera: this.camera, base: base.detection.id, delta, ...this.#trace() };
      return { camera: this.camera, data: wsFrame('text', [Buffer.from(JSON.stringify(message))]) };
    });
  }

  #choose(): Told {
    this.#told ??= this.#options.bases?.choose(this) ?? { base: this };
    return this.#told;
  }

  #native(filter: Filter | undefined, marks: readonly Buffer[]): Buffer {
    const json = filter ? Buffer.from(JSON.stringify(this.#kept(filter))) : this.#json;
    const { traceparent } = this.#trace();
    const trace = traceparent ? [Buffer.from(`,"traceparent":${JSON.stringify(traceparent)}`)] : [];
    return wsFrame('text', [before, json, ...trace, ...marks, after]);
  }

  #flat(filter: Filter | undefined): Buffer {
    const messages = toFlat(this.#kept(filter));
    return Buffer.concat(messages.map((message) => wsFrame('text', [Buffer.from(message)])));
  }

  #kept(filter: Filter | undefined): Detection {
    const { detection } = this;
    return filter ? { ...detection, objects: detection.objects.filter(filter.keeps) } : detection;
  }

  #trace(): { traceparent?: string } {
    const { traceparent } = this.#options;
    return traceparent ? { traceparent } : {};
  }
}

/** The JSMpeg system's flat form, one message an object, in pixels of the frame where its size is known, else 0..1. */
function toFlat({ camera, capturedAtUs, frame, objects }: Detection): string[] {
  const { width, height } = frame;
  const sized = width !== undefined && height !== undefined;
  return objects.map(({ class: type, box: [x, y, w, h], track, score, name }: DetectedObject) =>
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
