import type { DetectedObject } from '@sightline/contracts/detection';
import { between, carriedOn, type PlacedObject, type Sighting } from './motion.ts';
import { rtpRate, ticksBetween } from './rtp.ts';

/** What one sender saw in one frame of the track. */
export interface Analysed {
  rtp: number;
  objects: readonly DetectedObject[];
}

/** What belongs on a displayed frame, and how far from an analysed one that is (ms; 0 on the very frame). */
export interface Placed {
  objects: readonly PlacedObject[];
  carriedMs: number;
}

/** Boxes are carried on beyond what AI has seen for at most this long (ms); those without a track shorter. */
export const carriedAtMostMs = 800;
const untrackedAtMostMs = 250;
/** Frames further apart say nothing of what was between them (ms). */
const bridgedMs = 1_000;
/** How fast something goes is told by its last sightings (ms). */
const speedOverMs = 700;
const keptMs = 6_000;
const msPerTick = 1000 / rtpRate;
const nothing: Placed = { objects: [], carriedMs: 0 };

/** What one sender saw, by the time of the frames; newest last. */
export class Timeline {
  #analysed: Analysed[] = [];

  add(analysed: Analysed): void {
    const index = this.#analysed.findIndex(({ rtp }) => ticksBetween(rtp, analysed.rtp) <= 0);
    const same = this.#analysed[index];
    if (same?.rtp === analysed.rtp) {
      const news = analysed.objects.filter((object) => !same.objects.some((other) => isEqual(object, other)));
      this.#analysed[index] = { rtp: same.rtp, objects: [...same.objects, ...news] };
    } else this.#analysed.splice(index < 0 ? this.#analysed.length : index, 0, analysed);
    const newest = this.#analysed.at(-1) ?? analysed;
    this.#analysed = this.#analysed.filter(({ rtp }) => ticksBetween(rtp, newest.rtp) * msPerTick <= keptMs);
  }

  clear(): void {
    this.#analysed = [];
  }

  /** What to draw on a frame; an analysed one within `tolerance` ticks counts as the same. */
  place(rtp: number, tolerance: number): Placed {
    const far = (each: Analysed) => Math.abs(ticksBetween(each.rtp, rtp));
    const near = this.#analysed.filter((each) => far(each) <= tolerance);
    const same = near.length > 0 ? near.reduce((best, each) => (far(each) < far(best) ? each : best)) : undefined;
    if (same) return { objects: same.objects.map((object) => ({ ...object, predicted: false })), carriedMs: 0 };
    const after = this.#analysed.find((each) => ticksBetween(rtp, each.rtp) > 0);
    const before = this.#analysed.findLast((each) => ticksBetween(each.rtp, rtp) > 0);
    if (!before) return nothing;
    return after ? this.#between(before, after, rtp) : this.#carriedOn(before, rtp);
  }

  /** What was seen up to `withinMs` before or after a frame, nearest first. */
  near(rtp: number, withinMs: number): DetectedObject[] {
    const far = (each: Analysed) => Math.abs(ticksBetween(each.rtp, rtp)) * msPerTick;
    return this.#analysed
      .filter((each) => far(each) <= withinMs)
      .sort((a, b) => far(a) - far(b))
      .flatMap(({ objects }) => objects);
  }

  #between(before: Analysed, after: Analysed, rtp: number): Placed {
    const [first, last] = [0, ticksBetween(before.rtp, after.rtp) * msPerTick];
    const at = ticksBetween(before.rtp, rtp) * msPerTick;
    if (last > bridgedMs) return nothing;
    const objects = before.objects.flatMap((object) => {
      const later = after.objects.find((other) => isSame(object, other));
      return later ? [between({ at: first, object }, { at: last, object: later }, at)] : [];
    });
    return { objects, carriedMs: Math.min(at, last - at) };
  }

  #carriedOn(before: Analysed, rtp: number): Placed {
    const carriedMs = ticksBetween(before.rtp, rtp) * msPerTick;
    const lately = this.#lately(before);
    const objects = before.objects.flatMap((object) => {
      if (carriedMs > (object.track === undefined ? untrackedAtMostMs : carriedAtMostMs)) return [];
      return carriedOn(sightingsOf(object, lately), carriedMs) ?? [];
    });
    return { objects, carriedMs };
  }

  /** The frames that tell how fast something goes, up to the newest, with times counted from that. */
  #lately(newest: Analysed): Lately[] {
    return this.#analysed
      .map(({ rtp, objects }) => ({ at: ticksBetween(newest.rtp, rtp) * msPerTick, objects }))
      .filter(({ at }) => at <= 0 && at >= -speedOverMs);
  }
}

interface Lately {
  at: number;
  objects: readonly DetectedObject[];
}

function sightingsOf(object: DetectedObject, lately: readonly Lately[]): Sighting[] {
  if (object.track === undefined) return [{ at: 0, object }];
  return lately.flatMap(({ at, objects }) => {
    const seen = objects.find((other) => isSame(object, other));
    return seen ? [{ at, object: seen }] : [];
  });
}

const isSame = (a: DetectedObject, b: DetectedObject) =>
  a.track !== undefined && a.track === b.track && a.class === b.class;

/** One frame may be told an object at a time, each message with those before it. */
const isEqual = (a: DetectedObject, b: DetectedObject) =>
  a.track === b.track && a.class === b.class && a.box.every((side, index) => side === b.box[index]);
