import type { DetectedObject } from '@sightline/contracts/detection';

/** Where one object has stood lately: the middle of its lower edge, as shares of the picture (0..1), oldest first. */
export interface Trail {
  className: string;
  points: readonly { x: number; y: number; at: number }[];
}

/** A track is drawn for this long (ms). */
const keepMs = 4_000;

/** The ways of the objects of one camera over the last seconds. */
export class Trails {
  readonly #trails = new Map<string, Trail>();

  /** Takes note of the objects that are shown at `now` (ms). */
  see(objects: readonly DetectedObject[], now: number): void {
    for (const { track, class: className, box } of objects) {
      if (track === undefined) continue;
      const [x, y, width, height] = box;
      const key = `${className} ${track}`;
      const point = { x: x + width / 2, y: y + height, at: now };
      this.#trails.set(key, { className, points: [...(this.#trails.get(key)?.points ?? []), point] });
    }
  }

  /** What is left of each way at `now` (ms). */
  now(now: number): Trail[] {
    for (const [key, { className, points }] of this.#trails) {
      const left = points.filter(({ at }) => now - at <= keepMs);
      if (left.length > 0) this.#trails.set(key, { className, points: left });
      else this.#trails.delete(key);
    }
    return [...this.#trails.values()];
  }
}
