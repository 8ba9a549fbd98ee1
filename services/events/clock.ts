import type { ClockView } from '@sightline/contracts';

/** A capture may lie this far ahead of its arrival before a clock is called wrong: what time synchronisation leaves (ms). */
export const toleranceMs = 250;
/** Nobody analyses so late: the clock is behind, or the worker is (ms). */
const behindMs = 10_000;
/** A quartz is off by less than this without anybody setting it (parts per million). */
const mostDriftPpm = 300;

const windowMs = 60_000;
const sampleEveryMs = 200;
const judgeEveryMs = 1_000;
const fewSamples = 5;
const pointEveryMs = 60_000;
const [fewPoints, mostPoints] = [10, 30];
/** A line is a drift when what it leaves over is small beside what it explains: a step is not. */
const mostLeftOver = 0.1;

interface Point {
  at: number;
  delayMs: number;
}

/**
 * One worker's clock beside the one clock that all workers share, that of Redis: how long after its capture a message came.
 * A queue or a slow analysis only makes that longer, so the quickest messages tell; the very quickest may be a slip.
 */
export class WorkerClock {
  #samples: Point[] = [];
  #points: Point[] = [];
  #judgedAt = Number.NEGATIVE_INFINITY;
  #state: ClockView['state'] = 'plausible';
  #delayMs = 0;
  #driftPpm: number | null = null;
  /** When it was last heard, by Redis' clock (ms). */
  heardAt = Number.NEGATIVE_INFINITY;

  /** A message captured and arrived at these times (ms since 1970); true when the judgement has changed. */
  add(capturedMs: number, arrivedMs: number): boolean {
    if (arrivedMs - this.heardAt < sampleEveryMs) return false;
    this.heardAt = arrivedMs;
    this.#samples.push({ at: arrivedMs, delayMs: arrivedMs - capturedMs });
    if (arrivedMs - this.#judgedAt < judgeEveryMs && this.#samples.length !== fewSamples) return false;
    this.#samples = this.#samples.filter(({ at }) => arrivedMs - at <= windowMs);
    if (this.#samples.length < fewSamples) return false;
    this.#judgedAt = arrivedMs;
    return this.#judge(arrivedMs);
  }

  get state(): ClockView['state'] {
    return this.#state;
  }

  /** From capture to arrival at the quickest (ms); negative when captures come before they were made. */
  get delayMs(): number {
    return this.#delayMs;
  }

  /** How fast it parts from Redis' clock, where that is steady; null before it can be told. */
  get driftPpm(): number | null {
    return this.#driftPpm;
  }

  /** How wrong its times are known to be (ms): at least so much when ahead, at most so much when behind. */
  get errorMs(): number {
    return this.#state === 'ahead' || this.#state === 'behind or late' ? Math.abs(this.#delayMs) : 0;
  }

  #judge(now: number): boolean {
    const sorted = this.#samples.map(({ delayMs }) => delayMs).sort((a, b) => a - b);
    this.#delayMs = sorted[Math.max(1, Math.floor(sorted.length / 10))] ?? 0;
    const last = this.#points.at(-1);
    if (!last || now - last.at >= pointEveryMs) {
      this.#points = [...this.#points.slice(1 - mostPoints), { at: now, delayMs: this.#delayMs }];
      this.#driftPpm = driftOf(this.#points);
    }
    const before = this.#state;
    this.#state = this.#verdict();
    return this.#state !== before;
  }

  /** What was called wrong is right again only at half the tolerance, so that nothing flickers at its edge. */
  #verdict(): ClockView['state'] {
    const ease = (state: ClockView['state']) => (this.#state === state ? 0.5 : 1);
    if (this.#delayMs < -toleranceMs * ease('ahead')) return 'ahead';
    if (this.#delayMs > behindMs * ease('behind or late')) return 'behind or late';
    return Math.abs(this.#driftPpm ?? 0) > mostDriftPpm * ease('drifting') ? 'drifting' : 'plausible';
  }
}

/** The slope of the line through the points (ppm, positive when the clock is ever later), or null when they lie on none. */
function driftOf(points: readonly Point[]): number | null {
  if (points.length < fewPoints) return null;
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [middle, level] = [mean(points.map(({ at }) => at)), mean(points.map(({ delayMs }) => delayMs))];
  const run = mean(points.map(({ at }) => (at - middle) ** 2));
  if (run === 0) return null;
  const slope = mean(points.map(({ at, delayMs }) => (at - middle) * (delayMs - level))) / run;
  const leftOver = Math.sqrt(mean(points.map(({ at, delayMs }) => (delayMs - level - slope * (at - middle)) ** 2)));
  const explained = Math.abs(slope) * ((points.at(-1)?.at ?? 0) - (points[0]?.at ?? 0));
  return leftOver <= mostLeftOver * explained ? slope * 1e6 : 0;
}
