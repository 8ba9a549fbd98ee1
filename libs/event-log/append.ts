import { DatabaseError, type Pool } from 'pg';
import { check, type Outcome, type Request, settle, statementOf, takeBatch } from './request.ts';
import type { Appended, Write } from './types.ts';
import { explained } from './unavailable.ts';
import type { Types } from './upcast.ts';

/** Appends of one process share a round trip and a commit: callers queue while one is in flight, and fail each alone. */
export class Appender {
  readonly #pool: Pool;
  readonly #types: Types;
  #queue: Request[] = [];
  #flying = false;

  constructor(pool: Pool, types: Types) {
    this.#pool = pool;
    this.#types = types;
  }

  append(writes: readonly Write[]): Promise<Appended[]> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ ...check(writes, this.#types), resolve, reject });
      if (!this.#flying) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#flying = true;
    while (this.#queue.length > 0) await this.#send(takeBatch(this.#queue));
    this.#flying = false;
  }

  async #send(batch: Request[]): Promise<void> {
    try {
      const { rows } = await this.#pool.query<Outcome>(statementOf(batch));
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
}

/** Postgres refused the statement for what is in it (SQLSTATE classes 22, 23, 54), so nothing of it was written. */
const isRefusal = (error: unknown) => error instanceof DatabaseError && /^(22|23|54)/.test(error.code ?? '');
