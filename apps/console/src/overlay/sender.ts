import type { Detection } from '@sightline/contracts/detection';
import type { BoxMode } from '@sightline/contracts/http/skew';
import { Differences } from './differences.ts';
import { type DetectionTimes, FrameClock } from './frame-clock.ts';
import { type AnalysedFrame, type Named, OffsetLearner } from './offset.ts';
import { ptsTicks, rtpRate } from './rtp.ts';
import type { SeenFrames } from './seen-frames.ts';
import { type Placed, Timeline } from './timeline.ts';
import type { Arrived } from './timing.ts';

/** How one detection found its frame. */
export interface Found {
  rtp: number;
  mode: 'exact' | 'clock';
  /** How wrong that may be (ms). */
  errorMs: number;
}

/** An offset that no name has confirmed for this long is a clock, not a certainty (ms). */
const believedMs = 10_000;
/** A frame that has not come after this long never will (ms). */
const waitMs = 3_000;
const exactTolerance = 2;

interface Waiting {
  arrived: Arrived;
  analysed: AnalysedFrame;
  until: number;
}

/** What one worker sends of one camera, tied to the frames of the track that is watched. */
export class Sender {
  readonly #offset = new OffsetLearner();
  readonly #differences = new Differences();
  readonly #clock = new FrameClock();
  readonly #timeline = new Timeline();
  #waiting: Waiting[] = [];
  #checkedAt = Number.NEGATIVE_INFINITY;
  #tolerance = exactTolerance;
  /** When it was last heard (`performance.now()`, ms). */
  heardAt = 0;
  mode: BoxMode = 'arrival';
  errorMs = 0;

  /** Takes a detection; tells its frame, when that is known by now. */
  add(arrived: Arrived, frames: SeenFrames): Found | undefined {
    this.heardAt = arrived.at;
    this.#clock.addDetection(timesOf(arrived));
    const analysed = analysedIn(arrived);
    const found = this.#find(arrived, analysed, frames);
    if (found) this.#keep(arrived, found, frames);
    else this.#waiting.push({ arrived, analysed, until: arrived.at + waitMs });
    if (!found && arrived.at - this.#checkedAt > believedMs) this.#enter('arrival', 0);
    return found;
  }

  addFrame(rtp: number, receivedAt: number): void {
    this.#clock.addFrame(rtp, receivedAt);
  }

  /** Tries again what came before its frame. */
  retry(frames: SeenFrames, now: number): void {
    const waiting = this.#waiting.filter(({ until }) => until >= now);
    this.#waiting = [];
    for (const each of waiting) {
      const found = this.#find(each.arrived, each.analysed, frames);
      if (found?.mode === 'exact') this.#keep(each.arrived, found, frames);
      else this.#waiting.push(each);
    }
  }

  place(rtp: number): Placed {
    return this.#timeline.place(rtp, this.#tolerance);
  }

  /** What was seen up to `withinMs` before or after a frame, nearest first. */
  near(rtp: number, withinMs: number) {
    return this.#timeline.near(rtp, withinMs);
  }

  #find(arrived: Arrived, analysed: AnalysedFrame, frames: SeenFrames): Found | undefined {
    const times = timesOf(arrived);
    const named = this.#name(analysed, times, frames);
    if (named?.checked) {
      this.#checkedAt = arrived.at;
      this.#clock.calibrate(named.rtp, times);
    }
    if (named && arrived.at - this.#checkedAt <= believedMs) return { rtp: named.rtp, mode: 'exact', errorMs: 0 };
    // Until the names of this worker have been seen to differ from ours, a frame may just not have come yet.
    if (analysed.key !== undefined && arrived.at - this.#checkedAt <= believedMs) return undefined;
    return this.#byClock(times, analysed.ticks, frames);
  }

  #byClock(times: DetectionTimes, ticks: number | undefined, frames: SeenFrames): Found | undefined {
    const estimate = this.#clock.estimate(times, frames);
    const matched = ticks === undefined ? undefined : this.#differences.find(ticks, frames, estimate?.rtp);
    if (matched !== undefined) return { rtp: matched, mode: 'clock', errorMs: estimate?.errorMs ?? 0 };
    if (!estimate) return undefined;
    const rtp = frames.nearest(estimate.rtp, (frames.interval() ?? 0) / 2) ?? estimate.rtp;
    return { rtp, errorMs: estimate.errorMs, mode: 'clock' };
  }

  /** What was tied by an offset that has turned out to be wrong is forgotten with it. */
  #name(analysed: AnalysedFrame, times: DetectionTimes, frames: SeenFrames): Named | undefined {
    const { known } = this.#offset;
    const named = this.#offset.name(analysed, frames, () => this.#clock.witness(times, frames));
    if (known && !this.#offset.known) this.#timeline.clear();
    return named;
  }

  #keep({ detection }: Arrived, { rtp, mode, errorMs }: Found, frames: SeenFrames): void {
    this.#enter(mode, errorMs);
    this.#tolerance = mode === 'exact' ? exactTolerance : (frames.interval() ?? 0) / 2;
    this.#timeline.add({ rtp, objects: detection.objects });
  }

  #enter(mode: BoxMode, errorMs: number): void {
    if (mode !== this.mode && mode === 'exact') this.#timeline.clear();
    this.mode = mode;
    this.errorMs = errorMs;
  }
}

const analysedIn = ({ detection: { frame } }: Arrived): AnalysedFrame => ({
  key: frame.key,
  ticks: frame.pts === undefined ? undefined : ptsTicks(frame.pts, frame.clockRate ?? rtpRate),
});

const timesOf = ({ detection, at }: Arrived): DetectionTimes => ({
  capturedMs: detection.capturedAtUs / 1000,
  clockErrorMs: (detection.clock.errorUs ?? 0) / 1000,
  receivedMs: detection.receivedAtUs / 1000,
  at,
  named: detection.frame.key !== undefined,
});

/** The flat form names no worker: its classes are told apart instead, since each may have a sender of its own. */
export function senderOf({ worker, objects, source }: Detection): string {
  return worker.run === 'flat' ? `flat ${objects[0]?.class ?? ''}` : `${worker.id} ${worker.run} ${source}`;
}
