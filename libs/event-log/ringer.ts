import { type Logger, pause } from '@sightline/service';
import type { Pool } from 'pg';

/** How often a process rings at most (ms): many appends share a ring, which costs as much as a tenth of one of them. */
const everyMs = 5;

/**
 * Rings the bells of all processes (see `Bell`) after an append was committed: at once, then again for what was appended
 * meanwhile. A ring that is lost with its process or connection is made up for by bells' own second.
 */
export class Ringer {
  readonly #pool: Pool;
  readonly #logger: Logger;
  #ringing = false;
  #again = false;

  constructor(pool: Pool, logger: Logger) {
    this.#pool = pool;
    this.#logger = logger;
  }

  ring(): void {
    this.#again = true;
    if (!this.#ringing) void this.#ringWhileWanted();
  }

  async #ringWhileWanted(): Promise<void> {
    this.#ringing = true;
    while (this.#again) {
      this.#again = false;
      await this.#pool
        .query({ name: 'log.ring', text: "select pg_notify('log', '')" })
        .catch((error: unknown) => this.#logger.debug({ err: error }, 'could not ring for the log'));
      await pause(everyMs);
    }
    this.#ringing = false;
  }
}
