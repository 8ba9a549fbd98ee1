import { type Detection, type DetectionDelta, deltaOf } from '@sightline/contracts';

/** A base is good for this long (ms): whoever has missed it is sent whole frames until the next. */
const keepMs = 2_000;
/** Of more workers and sources of one camera no bases are kept. */
const most = 50;

/** A frame, as far as deltas need it. */
export interface Encodable {
  readonly detection: Detection;
  /** The name of what bases are kept for: its camera, worker and source. */
  readonly stream: string;
}

/** A frame by what is different from a base, or, without a delta, a base itself. */
export interface DeltaEncoding<Frame> {
  base: Frame;
  delta?: DetectionDelta;
}

/**
 * The base frames of one camera, one for each of its workers and sources. All deltas are against a base and not against one
 * another, so that a socket may lose any of them.
 */
export class Bases<Frame extends Encodable> {
  readonly #bases = new Map<string, { frame: Frame; since: number }>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Finds the base of a frame; one that is too different is the next base itself. */
  choose(frame: Frame): DeltaEncoding<Frame> {
    // A frame of the flat form grows with each message: it is sent whole.
    if (frame.detection.worker.run === 'flat') return { base: frame };
    const base = this.#bases.get(frame.stream);
    if (base && this.#now() - base.since < keepMs) {
      const delta = deltaOf(base.frame.detection, frame.detection);
      if (delta && isMostlyMoved(delta)) return { base: base.frame, delta };
    }
    if (this.#bases.size >= most && !base) this.#bases.clear();
    this.#bases.set(frame.stream, { frame, since: this.#now() });
    return { base: frame };
  }
}

/** Whether most of its objects are those of the base, moved. */
const isMostlyMoved = ({ objects }: DetectionDelta): boolean =>
  2 * objects.filter((object) => Array.isArray(object)).length >= objects.length;
