import { type Detection, type DetectionDelta, deltaOf } from '@sightline/contracts';

/** A base is good for this long (ms): whoever has missed it is sent whole frames until the next. */
const keepMs = 2_000;
/** Of more workers and sources of one camera no bases are kept. */
const most = 50;

/** A frame, as far as it is told from another. */
export interface Tellable {
  readonly detection: Detection;
  /** The name of what bases are kept for: its camera, worker and source. */
  readonly stream: string;
}

/** How a frame is told: by what is different from a base, or, without a delta, as a base itself. */
export interface Told<Frame> {
  base: Frame;
  delta?: DetectionDelta;
}

/**
 * The frames of one camera that others are told from, one for each of its workers and sources. All are told from a base and
 * not from one another, so that a socket may lose any of them.
 */
export class Bases<Frame extends Tellable> {
  readonly #bases = new Map<string, { frame: Frame; since: number }>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Finds what a frame is told from; a frame that can be told from none is the next base itself. */
  choose(frame: Frame): Told<Frame> {
    // A frame of the flat form grows with each message: it is told whole.
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
