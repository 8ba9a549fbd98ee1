import type { Detection } from '@sightline/contracts';
import type { Bases, DeltaEncoding } from './bases.ts';
import { EncodedFrame, type SourceFrame } from './encoded-frame.ts';
import type { Filter } from './filter.ts';

interface FrameOptions {
  /** The trace that it belongs to. */
  traceparent?: string | undefined;
  /** Those of its camera; without any it is sent whole. */
  bases?: Pick<Bases<Frame>, 'choose'>;
}

/** One detection on its way to sockets, as it came over the fast lane; read only when somebody needs what is in it. */
export class Frame implements SourceFrame {
  readonly camera: string;
  readonly json: Uint8Array;
  readonly traceparent: string | undefined;
  readonly #bases: Pick<Bases<Frame>, 'choose'> | undefined;
  readonly #whole = new EncodedFrame(this, undefined);
  readonly #filtered = new Map<string, EncodedFrame>();
  #detection: Detection | undefined;
  #stream: string | undefined;
  #encoding: DeltaEncoding<Frame> | undefined;

  constructor(camera: string, json: Uint8Array, { traceparent, bases }: FrameOptions = {}) {
    this.camera = camera;
    this.json = json;
    this.traceparent = traceparent;
    this.#bases = bases;
  }

  /** What is in it; must not be changed. */
  get detection(): Detection {
    this.#detection ??= JSON.parse(Buffer.from(this.json).toString()) as Detection;
    return this.#detection;
  }

  get stream(): string {
    const { worker, source } = this.detection;
    this.#stream ??= JSON.stringify([this.camera, worker.id, source]);
    return this.#stream;
  }

  /** How it is encoded in deltas, chosen when somebody first asks. */
  get encoding(): DeltaEncoding<Frame> {
    this.#encoding ??= this.#bases?.choose(this) ?? { base: this };
    return this.#encoding;
  }

  /** What a filter keeps of it: the same for all filters that keep the same. */
  of(filter?: Filter): EncodedFrame {
    if (!filter) return this.#whole;
    return this.#filtered.getOrInsertComputed(filter.key, () => new EncodedFrame(this, filter));
  }
}
