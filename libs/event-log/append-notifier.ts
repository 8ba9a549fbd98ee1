import { type Logger, pause } from '@sightline/service';
import type { Pool } from 'pg';

/** How often a process notifies at most (ms): many appends share a NOTIFY, which costs as much as a tenth of one of them. */
const everyMs = 5;

/**
 * Notifies the `AppendListener` of every process after an append was committed: at once, then again for what was appended
 * meanwhile. What is lost with its process or connection is made up for by the listeners' own second.
 */
export class AppendNotifier {
  readonly #pool: Pool;
  readonly #logger: Logger;
  #notifying = false;
  #again = false;

  constructor(pool: Pool, logger: Logger) {
    this.#pool = pool;
    this.#logger = logger;
  }

  notify(): void {
    this.#again = true;
    if (!this.#notifying) void this.#notifyWhileWanted();
  }

  async #notifyWhileWanted(): Promise<void> {
    this.#notifying = true;
    while (this.#again) {
      this.#again = false;
      await this.#pool
        .query({ name: 'log.notify', text: "select pg_notify('log', '')" })
        .catch((error: unknown) => this.#logger.debug({ err: error }, 'listeners of the log not notified'));
      await pause(everyMs);
    }
    this.#notifying = false;
  }
}
