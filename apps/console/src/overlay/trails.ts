import type { DetectedObject } from '@sightline/contracts/detection';

/** Where one object has stood lately: the middle of its lower edge, as shares of the picture (0..1), oldest first. */
export interface Trail {
  className: string;
  points: readonly { x: number; y: number; at: number }[];
}

/** A track is drawn for this long (ms). */
const keepMs = 4_000;

interface Point {
  x: number;
  y: number;
  at: number;
}

/** The ways of the objects of one camera over the last seconds. */
export class Trails {
  readonly #trails = new Map<string, { className: string; points: Point[] }>();

  /** Takes note of the objects that are shown at `now` (ms), and forgets what is too long ago. */
  see(objects: readonly DetectedObject[], now: number): void {
    for (const { track, class: className, box } of objects) {
      if (track === undefined) continue;
      const [x, y, width, height] = box;
      const key = `${className} ${track}`;
      const trail = this.#trails.get(key) ?? { className, points: [] };
      trail.points.push({ x: x + width / 2, y: y + height, at: now });
      this.#trails.set(key, trail);
    }
    this.#forget(now);
  }

  /** What is left of each way at `now` (ms). */
  now(now: number): Trail[] {
    this.#forget(now);
    return [...this.#trails.values()];
  }

  #forget(now: number): void {
    for (const [key, { points }] of this.#trails) {
      const kept = points.findIndex(({ at }) => now - at <= keepMs);
      if (kept > 0) points.splice(0, kept);
      else if (kept < 0) this.#trails.delete(key);
    }
  }
}
