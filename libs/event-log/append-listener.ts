import type { Logger } from '@sightline/service/logger';
import { pause } from '@sightline/service/nats';
import { Client, type Pool } from 'pg';

const pollMs = 1_000;

/**
 * Tells when something was appended: by LISTEN, to what an `AppendNotifier` sends, and once a second in case that was lost.
 * One connection of its own, made again for ever, once somebody asks: who only appends is not woken by what he appends.
 * Waiting is level-triggered: whoever reads to the end before he waits misses nothing.
 */
export class AppendListener {
  readonly #pool: Pool;
  readonly #logger: Logger;
  readonly #ended = new AbortController();
  #waiting = new Set<() => void>();
  #notifications = 0;
  #listening: Promise<void> | undefined;

  constructor(pool: Pool, logger: Logger) {
    this.#pool = pool;
    this.#logger = logger;
  }

  /** How many have come; to be taken before reading and given to {@link next}. */
  get notifications(): number {
    this.#listening ??= this.#listenForEver();
    return this.#notifications;
  }

  /** Resolves when one has come after `since`, or after a second, or when `signal` aborts. */
  next(since: number, signal?: AbortSignal): Promise<void> {
    if (this.#notifications > since || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, pollMs);
      this.#waiting.add(done);
      signal?.addEventListener('abort', done, { once: true });
    });
  }

  close(): void {
    this.#ended.abort();
    this.#notified();
  }

  #notified(): void {
    this.#notifications += 1;
    for (const wake of [...this.#waiting]) wake();
  }

  async #listenForEver(): Promise<void> {
    while (!this.#ended.signal.aborted) {
      await this.#listen().catch((error: unknown) => this.#logger.debug({ err: error }, 'not listening to the log'));
      await pause(pollMs, this.#ended.signal);
    }
  }

  async #listen(): Promise<void> {
    const client = new Client({ ...this.#pool.options, keepAlive: true });
    const { promise: lost, resolve: giveUp } = Promise.withResolvers<void>();
    const stop = () => giveUp();
    client.on('end', stop);
    client.on('error', stop);
    client.on('notification', () => this.#notified());
    await client.connect();
    const { signal } = this.#ended;
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    try {
      await client.query('listen log');
      this.#notified();
      await lost;
    } finally {
      signal.removeEventListener('abort', stop);
      await client.end().catch((error: unknown) => this.#logger.debug({ err: error }, 'listening connection was gone'));
    }
  }
}
