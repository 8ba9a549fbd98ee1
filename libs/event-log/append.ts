import { DatabaseError, type Pool } from 'pg';
import type { AppendNotifier } from './append-notifier.ts';
import { check, type Outcome, type Request, settle, singleOf, statementOf, takeBatch } from './request.ts';
import type { Appended, Write } from './types.ts';
import { explained } from './unavailable.ts';
import type { Types } from './upcast.ts';

/** From so many waiting events on, half of them go ahead: while these are written, the others are made ready and answered. */
const manyEvents = 200;

/**
 * Appends of one process share a round trip and a commit: callers queue while one is in flight, and fail each alone. A
 * second is in flight beside it only when much waits, and never with events of the same streams: these keep their order.
 */
export class Appender {
  readonly #pool: Pool;
  readonly #types: Types;
  readonly #notifier: AppendNotifier;
  readonly #flying = new Set<readonly Request[]>();
  #queue: Request[] = [];
  #awake = false;

  constructor(pool: Pool, types: Types, notifier: AppendNotifier) {
    this.#pool = pool;
    this.#types = types;
    this.#notifier = notifier;
  }

  append(writes: readonly Write[]): Promise<Appended[]> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ ...check(writes, this.#types), resolve, reject });
      this.#wake();
    });
  }

  /** What waits goes once everybody who was just answered had the chance to append again: none is left to take turns. */
  #wake(): void {
    if (this.#awake) return;
    this.#awake = true;
    process.nextTick(() => {
      this.#awake = false;
      for (let batch = this.#next(); batch.length > 0; batch = this.#next()) void this.#fly(batch);
    });
  }

  async #fly(batch: readonly Request[]): Promise<void> {
    this.#flying.add(batch);
    await this.#send(batch);
    this.#flying.delete(batch);
    this.#wake();
  }

  /** What goes now; empty while it has to wait for what is in flight. */
  #next(): Request[] {
    const waiting = this.#queue.reduce((sum, { ids }) => sum + ids.size, 0);
    const many = waiting >= manyEvents;
    if (this.#flying.size > (many ? 1 : 0)) return [];
    const most = many && this.#flying.size === 0 ? waiting / 2 : waiting;
    return takeBatch(this.#queue, { most, beside: [...this.#flying].flat() });
  }

  async #send(batch: readonly Request[]): Promise<void> {
    try {
      const rows = await this.#ask(batch);
      this.#notifier.notify();
      let next = 0;
      for (const request of batch) {
        const end = next + request.writes.length;
        settle(request, rows.slice(next, end));
        next = end;
      }
    } catch (error) {
      if (batch.length > 1 && isRefusal(error)) for (const request of batch) await this.#send([request]);
      else for (const { reject } of batch) reject(explained(error));
    }
  }

  async #ask(batch: readonly Request[]): Promise<Outcome[]> {
    const single = singleOf(batch);
    if (single) {
      const { rows } = await this.#pool.query<{ positions: string | null }>(single);
      if (rows[0]?.positions) return [appendedAt(rows[0].positions)];
    }
    return (await this.#pool.query<Outcome>(statementOf(batch))).rows;
  }
}

function appendedAt(positions: string): Outcome {
  const [stream_position, global_position] = JSON.parse(positions);
  return { outcome: 'appended', stream_position, global_position };
}

/** Postgres refused the statement for what is in it (SQLSTATE classes 22, 23, 54), so nothing of it was written. */
const isRefusal = (error: unknown) => error instanceof DatabaseError && /^(22|23|54)/.test(error.code ?? '');
