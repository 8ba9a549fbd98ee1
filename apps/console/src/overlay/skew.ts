import { type BoxMode, type SkewReport, skewBoundsMs } from '@sightline/contracts/http/skew';

/** Counts how far boxes were from their frames, for all cameras of the page, and reports it now and then. */
export class Skew {
  readonly #report: (report: SkewReport) => Promise<unknown>;
  readonly #counts = new Map<string, SkewReport['cameras'][number]>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(report: (report: SkewReport) => Promise<unknown>) {
    this.#report = report;
  }

  /** A displayed frame whose boxes were so far from an analysed one. */
  add(camera: string, mode: BoxMode, carriedMs: number): void {
    const name = `${camera} ${mode}`;
    const counted = this.#counts.get(name) ?? { camera, mode, counts: [...skewBoundsMs, 0].map(() => 0) };
    const bound = skewBoundsMs.findIndex((most) => carriedMs <= most);
    const index = bound < 0 ? skewBoundsMs.length : bound;
    counted.counts[index] = Math.min(4_000, (counted.counts[index] ?? 0) + 1);
    this.#counts.set(name, counted);
    this.#timer ??= setTimeout(() => void this.#flush(), reportEveryMs);
  }

  /** What cannot be told is left out: it is a measure, not a record. */
  async #flush(): Promise<void> {
    this.#timer = undefined;
    const cameras = [...this.#counts.values()].slice(0, 200);
    this.#counts.clear();
    await this.#report({ cameras }).catch(() => undefined);
  }
}

const reportEveryMs = 10_000;
