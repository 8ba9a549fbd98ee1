import { type DetectedObject, type Detection, deltaOf } from '@sightline/contracts';
import type { DeltaEncoding, Encodable } from './bases.ts';
import type { Filter } from './filter.ts';
import { wsFrame } from './ws-frame.ts';

const before = Buffer.from('{"type":"detection","detection":');
const after = Buffer.from('}');
const isBase = Buffer.from(',"base":true');

/** A frame to be encoded. */
export interface SourceFrame extends Encodable {
  readonly camera: string;
  /** The detection as it came. */
  readonly json: Uint8Array;
  readonly traceparent: string | undefined;
  /** How it is encoded in deltas. */
  readonly encoding: DeltaEncoding<SourceFrame>;
  of(filter: Filter | undefined): EncodedFrame;
}

/**
 * What a filter keeps of a frame, as WebSocket messages. Each format is encoded once for all sockets, and only when one wants
 * it; the native one of a whole frame holds the JSON as it came, so that nothing is parsed for it.
 */
export class EncodedFrame {
  readonly frame: SourceFrame;
  readonly #filter: Filter | undefined;
  #native: Buffer | undefined;
  #asBase: Buffer | undefined;
  #flat: Buffer | undefined;
  #delta: Buffer | 'too much' | undefined;

  constructor(frame: SourceFrame, filter: Filter | undefined) {
    this.frame = frame;
    this.#filter = filter;
  }

  /** The same of the base of its frame; itself when its frame is a base. */
  get base(): EncodedFrame {
    const { base } = this.frame.encoding;
    return base === this.frame ? this : base.of(this.#filter);
  }

  get native(): Buffer {
    this.#native ??= this.#whole([]);
    return this.#native;
  }

  /** As the base of later deltas. */
  get asBase(): Buffer {
    this.#asBase ??= this.#whole([isBase]);
    return this.#asBase;
  }

  /** In the JSMpeg system's format, one message an object. */
  get flat(): Buffer {
    this.#flat ??= Buffer.concat(toFlat(this.#kept).map((message) => wsFrame('text', [Buffer.from(message)])));
    return this.#flat;
  }

  /** What is different from its base; undefined when that is too much. */
  get delta(): Buffer | undefined {
    this.#delta ??= this.#difference() ?? 'too much';
    return this.#delta === 'too much' ? undefined : this.#delta;
  }

  get #kept(): Detection {
    const { detection } = this.frame;
    return this.#filter ? { ...detection, objects: detection.objects.filter(this.#filter.keeps) } : detection;
  }

  #whole(marks: readonly Buffer[]): Buffer {
    const { json, traceparent } = this.frame;
    const kept = this.#filter ? Buffer.from(JSON.stringify(this.#kept)) : json;
    const trace = traceparent ? [Buffer.from(`,"traceparent":${JSON.stringify(traceparent)}`)] : [];
    return wsFrame('text', [before, kept, ...trace, ...marks, after]);
  }

  #difference(): Buffer | undefined {
    const { camera, encoding, traceparent } = this.frame;
    const delta = this.#filter ? deltaOf(this.base.#kept, this.#kept) : encoding.delta;
    if (!delta) return undefined;
    const message = { type: 'delta', camera, base: encoding.base.detection.id, delta, traceparent };
    return wsFrame('text', [Buffer.from(JSON.stringify(message))]);
  }
}

/** The JSMpeg system's flat format, one message an object, in pixels of the frame where its size is known, else 0..1. */
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
