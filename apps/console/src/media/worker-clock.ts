/** A worker's clock beside the page's: both are `performance.now()`, each from a start of its own (ms). */
export class WorkerClock {
  #quickest = Number.POSITIVE_INFINITY;
  #offset: number | undefined;

  /** A question asked and answered at these times of the page, with the worker's own time in the answer. */
  answered({ askedAt, answeredAt, workerNow }: { askedAt: number; answeredAt: number; workerNow: number }): void {
    const roundTrip = answeredAt - askedAt;
    if (roundTrip >= this.#quickest) return;
    this.#quickest = roundTrip;
    this.#offset = askedAt + roundTrip / 2 - workerNow;
  }

  /** The page's time of a time of the worker; undefined before the first answer. */
  toPage(workerTime: number): number | undefined {
    return this.#offset === undefined ? undefined : workerTime + this.#offset;
  }
}
