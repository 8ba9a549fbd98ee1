/** Pieces of work one after the other, so that the next can be prepared while one is under way. */
export class OneInFlight {
  #last: Promise<void> = Promise.resolve();

  /** Starts `work` when the piece before it has ended; throws what that one failed with, and starts nothing then. */
  async next(work: () => Promise<void>): Promise<void> {
    await this.#last;
    this.#last = work();
    this.#last.catch(() => undefined);
  }

  /** Resolves when nothing is under way; throws what the last piece failed with. */
  async ended(): Promise<void> {
    await this.#last;
  }
}
