import type { Estimate } from './frame-clock.ts';
import { laterBy, rtpRate, ticksBetween } from './rtp.ts';
import type { SeenFrames } from './seen-frames.ts';

/** What a worker says of the frame that it analysed. */
export interface AnalysedFrame {
  key: string | undefined;
  /** Time stamp of the worker's own session with the camera, in RTP ticks. */
  ticks: number | undefined;
}

/** Which displayed frame that is. `checked`: its name is the same. */
export interface Named {
  rtp: number;
  checked: boolean;
}

type About = () => Estimate | undefined;

interface Question {
  analysed: AnalysedFrame;
  frames: SeenFrames;
  about: About;
}

/** So many single frames have to agree before they are believed, and to disagree before they are not. */
const enough = 2;
/** Beside their error, clocks are believed to be so wrong (ms). */
const clocksMs = 400;
/** Clocks that may be more wrong than this tell nothing of turns of a few seconds (ms). */
const mostWrongMs = 1_500;
/** Time stamps pass through clocks of other rates on their way (ticks). */
const sameTicks = 2;
/** A frame that is further ahead is none that is about to come (ticks). */
const aheadTicks = 3 * rtpRate;

/**
 * Learns `RTP time = pts + offset`, which is one constant for a track and a worker's session with the camera. A name alone is
 * no proof: footage that loops has it again, seen or not. The clocks have to expect the frame there, with no equal one so near
 * that they could mistake it; or, where clocks are wrong, no name at all came twice for long. Every later name checks it: a
 * frame that has not come yet is waited for. A session that began anew contradicts it twice, as do clocks that expect another of
 * equal frames, and it is learned anew.
 */
export class OffsetLearner {
  #offset: number | undefined;
  #candidate: { offset: number; votes: number } | undefined;
  #doubts = 0;
  /** Those that contradict it: that one still does when it is asked for again is no new doubt. */
  #against = new WeakSet<AnalysedFrame>();

  get known(): boolean {
    return this.#offset !== undefined;
  }

  /**
   * The displayed frame that was analysed; undefined while nobody can tell. `about`: where the clocks expect it, without what
   * was learned from names.
   */
  name(analysed: AnalysedFrame, frames: SeenFrames, about: About = () => undefined): Named | undefined {
    const { key, ticks } = analysed;
    const expected = this.#offset === undefined || ticks === undefined ? undefined : laterBy(ticks, this.#offset);
    if (expected !== undefined) {
      const told = this.#at(expected, { analysed, frames, about });
      if (told !== 'contradicted') return told;
    }
    const one = key === undefined ? undefined : theOne(key, frames, about);
    if (one === undefined) return undefined;
    if (ticks !== undefined) this.#vote(ticksBetween(Math.round(ticks) >>> 0, one));
    return { rtp: one, checked: true };
  }

  /** What is to be said of the frame that is expected there; undefined while it may still come. */
  #at(expected: number, { analysed, frames, about }: Question): Named | 'contradicted' | undefined {
    const { key } = analysed;
    const frame = frameNear(frames, expected);
    if (key === undefined) return { rtp: frame?.rtp ?? expected, checked: false };
    const fits = frame ? frame.key === undefined || frame.key === key : frames.within(expected, aheadTicks);
    if (!fits || isOtherTurn(frame?.rtp ?? expected, key, { frames, about })) return this.#contradictedBy(analysed);
    if (!frame) return undefined;
    const checked = frame.key === key;
    if (checked) this.#doubts = 0;
    return { rtp: frame.rtp, checked };
  }

  #contradictedBy(analysed: AnalysedFrame): 'contradicted' {
    if (!this.#against.has(analysed)) this.#doubts += 1;
    this.#against.add(analysed);
    if (this.#doubts >= enough) this.forget();
    return 'contradicted';
  }

  #vote(offset: number): void {
    const agrees = this.#candidate && Math.abs(this.#candidate.offset - offset) <= sameTicks;
    this.#candidate = { offset, votes: agrees && this.#candidate ? this.#candidate.votes + 1 : 1 };
    if (this.#candidate.votes < enough) return;
    this.#offset = offset;
    this.#doubts = 0;
  }

  forget(): void {
    this.#offset = undefined;
    this.#candidate = undefined;
    this.#doubts = 0;
    this.#against = new WeakSet();
  }
}

function theOne(key: string, frames: SeenFrames, about: About): number | undefined {
  const equal = frames.withKey(key);
  const estimate = equal.length > 0 ? about() : undefined;
  const [only] = equal.length === 1 && frames.unlike ? equal : [];
  return (estimate && byClocks(equal, estimate, frames)) ?? only;
}

/** Whether the clocks are sure of another frame of that name. */
function isOtherTurn(rtp: number, key: string, { frames, about }: { frames: SeenFrames; about: About }): boolean {
  const equal = frames.withKey(key);
  const estimate = equal.some((each) => each !== rtp) ? about() : undefined;
  const chosen = estimate && byClocks(equal, estimate, frames);
  return chosen !== undefined && chosen !== rtp;
}

/**
 * Of equal frames the clocks choose, where they cannot mistake the nearest for another: clocks that are wrong by at most
 * `within` mistake frames for each other that are no more than twice that apart, and footage that loops so fast has shown it
 * by then.
 */
function byClocks(equal: readonly number[], { rtp, errorMs }: Estimate, frames: SeenFrames): number | undefined {
  const wrongMs = errorMs + clocksMs;
  const within = (wrongMs * rtpRate) / 1000;
  const far = (from: number, to: number) => Math.abs(ticksBetween(from, to));
  const nearest = equal.reduce((best, each) => (far(rtp, each) < far(rtp, best) ? each : best), equal[0] ?? 0);
  if (wrongMs > mostWrongMs || far(rtp, nearest) > within || !frames.wholeFrom(nearest, 2 * within)) return undefined;
  return equal.every((each) => each === nearest || far(nearest, each) > 2 * within) ? nearest : undefined;
}

/** The frame at an RTP time, give or take what conversions round away. */
export function frameNear(frames: SeenFrames, rtp: number) {
  for (const by of [0, 1, -1, sameTicks, -sameTicks]) {
    const frame = frames.at(laterBy(rtp, by));
    if (frame) return frame;
  }
  return undefined;
}
