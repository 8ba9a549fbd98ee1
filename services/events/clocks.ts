import type { ClockView, Detection } from '@sightline/contracts';
import { type Logger, metrics } from '@sightline/service';
import { Gauge } from 'prom-client';
import { toleranceMs, WorkerClock } from './clock.ts';

/** A worker that has not been heard for this long is forgotten (ms); of more than so many none is met. */
const forgetAfterMs = 600_000;
const mostWorkers = 500;
/** The status names so many, those that are wrong first. */
const mostTold = 50;

type Known = Pick<Detection, 'worker' | 'camera' | 'capturedAtUs' | 'clock'>;

/**
 * The clocks of all workers, as every copy sees them on the fast lane. Times are never corrected: an offset that is measured
 * holds the time of the analysis too, and taking it away could make a right time wrong. They are said.
 */
export class Clocks {
  readonly #clocks = new Map<string, WorkerClock>();
  readonly #logger: Pick<Logger, 'warn' | 'info'>;
  #newestMs = 0;

  constructor(logger: Pick<Logger, 'warn' | 'info'>) {
    this.#logger = logger;
  }

  /** Takes note of a detection that came at a time of Redis' clock (ms). */
  learn(detection: Known, arrivedMs: number): void {
    const name = nameOf(detection);
    const clock = this.#clocks.get(name) ?? this.#meet(name, arrivedMs);
    this.#newestMs = Math.max(this.#newestMs, arrivedMs);
    if (clock?.add(detection.capturedAtUs / 1000, arrivedMs)) this.#say(name, clock);
  }

  /** The same detection with the error that its clock is known to have, where that is more than it tells itself. */
  mark<Told extends Known>(detection: Told): Told {
    const errorUs = Math.round((this.#clocks.get(nameOf(detection))?.errorMs ?? 0) * 1000);
    if (errorUs <= (detection.clock.errorUs ?? 0)) return detection;
    return { ...detection, clock: { ...detection.clock, errorUs } };
  }

  /** Every clock that has been heard lately, those that are wrong first. */
  views(): ClockView[] {
    this.#forget();
    return [...this.#clocks]
      .map(([worker, { state, delayMs, driftPpm }]) => ({
        worker,
        state,
        delayMs: Math.round(delayMs),
        driftPpm: driftPpm === null ? null : Math.round(driftPpm),
      }))
      .sort((a, b) => Number(isRight(a)) - Number(isRight(b)) || a.worker.localeCompare(b.worker))
      .slice(0, mostTold);
  }

  #meet(name: string, arrivedMs: number): WorkerClock | undefined {
    this.#newestMs = Math.max(this.#newestMs, arrivedMs);
    if (this.#clocks.size >= mostWorkers) this.#forget();
    if (this.#clocks.size >= mostWorkers) return undefined;
    const clock = new WorkerClock();
    this.#clocks.set(name, clock);
    return clock;
  }

  #forget(): void {
    for (const [name, { heardAt }] of this.#clocks)
      if (this.#newestMs - heardAt > forgetAfterMs) this.#clocks.delete(name);
  }

  #say(worker: string, { state, delayMs, driftPpm }: WorkerClock): void {
    const told = { worker, state, delayMs, driftPpm, toleranceMs };
    if (state === 'plausible') this.#logger.info(told, 'the clock of a worker is plausible again');
    else this.#logger.warn(told, 'the clock of a worker is wrong: set it by NTP; its times are taken as they are');
  }
}

const isRight = ({ state }: ClockView) => state === 'plausible';

/** The flat form names no worker: each camera may have a sender of its own. */
const nameOf = ({ worker, camera }: Known) => (worker.run === 'flat' ? `${worker.id} ${camera}` : worker.id);

/** Lets Prometheus see the clocks when it asks. */
export function exportClocks(clocks: Pick<Clocks, 'views'>): void {
  const registers = [metrics];
  new Gauge({
    name: 'sightline_events_worker_clock_delay_seconds',
    help: 'From capture by a worker to arrival by the clock of Redis, at the quickest; negative: captured in the future.',
    labelNames: ['worker'],
    registers,
    collect() {
      this.reset();
      for (const { worker, delayMs } of clocks.views()) this.set({ worker }, delayMs / 1000);
    },
  });
  new Gauge({
    name: 'sightline_events_worker_clock_wrong',
    help: 'Whether the clock of a worker is ahead, behind or drifting (1) or plausible (0).',
    labelNames: ['worker'],
    registers,
    collect() {
      this.reset();
      for (const view of clocks.views()) this.set({ worker: view.worker }, isRight(view) ? 0 : 1);
    },
  });
}
