/** After this long without a report, the last one is not the truth any more (ms). */
export const silentAfterMs = 15_000;

/** A report, and when this process received it: no two clocks are compared. */
export interface Received<Report> {
  report: Report;
  at: number;
}

/** The latest that each sender has reported of itself; every one does so every few seconds. */
export class LatestReports<Report extends { at: string }> {
  readonly #latest = new Map<string, Received<Report>>();
  readonly #now: () => number;

  /** `now`: this process's own clock (ms). */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** After a reconnect all is read again: what was known already has not been received now. */
  receive(sender: string, report: Report): void {
    if (this.#latest.get(sender)?.report.at !== report.at) this.#latest.set(sender, { report, at: this.#now() });
  }

  forget(sender: string): void {
    this.#latest.delete(sender);
  }

  latest(sender: string): Received<Report> | undefined {
    return this.#latest.get(sender);
  }

  entries(): Iterable<[sender: string, received: Received<Report>]> {
    return this.#latest.entries();
  }

  /** Whether it was received lately enough to be the truth still. */
  isFresh({ at }: Received<Report>): boolean {
    return this.#now() - at < silentAfterMs;
  }
}
