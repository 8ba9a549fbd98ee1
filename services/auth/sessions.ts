import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';
import { lifetimes } from '@sightline/contracts';
import type { Principal } from '@sightline/service';
import type { Pool } from 'pg';

/** A signed-in browser. */
export interface Session {
  id: string;
  user: string;
}

const alive = `ended_at is null and used_at > now() - interval '${lifetimes.sessionSeconds} seconds'`;

/** Sessions by their cookie, of which only a hash is kept. */
export class Sessions {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Opens a session; `token` goes into the cookie and nowhere else. */
  async open(user: string): Promise<Session & { token: string }> {
    const session = { id: randomUUIDv7(), user, token: randomBytes(32).toString('base64url') };
    await this.#pool.query('insert into auth.sessions (id, token_hash, user_id) values ($1, $2, $3)', [
      session.id,
      digest(session.token),
      user,
    ]);
    return session;
  }

  /** The session of a cookie, marked as used now; undefined when it ended, ran out, or never was. */
  async use(token: string): Promise<Session | undefined> {
    const { rows } = await this.#pool.query<Session>(
      `update auth.sessions set used_at = now() where token_hash = $1 and ${alive} returning id, user_id as user`,
      [digest(token)],
    );
    return rows[0];
  }

  /** Ends a user's sessions, or all but one of them; returns those that were open. */
  async endOf(user: string, except?: string): Promise<Session[]> {
    const { rows } = await this.#pool.query<Session>(
      `update auth.sessions set ended_at = now() where user_id = $1 and ended_at is null and id is distinct from $2
       returning id, user_id as user`,
      [user, except ?? null],
    );
    return rows;
  }

  async end(id: string): Promise<void> {
    await this.#pool.query('update auth.sessions set ended_at = now() where id = $1 and ended_at is null', [id]);
  }

  /** Which of these sessions are open, and what each may see. */
  async admitted(ids: readonly string[]): Promise<Map<string, Pick<Principal, 'role' | 'areas'>>> {
    const { rows } = await this.#pool.query<Pick<Principal, 'role' | 'areas'> & { id: string }>(
      `select s.id, u.role, u.areas from auth.sessions s join auth.users u on u.id = s.user_id
       where s.id = any ($1) and u.active and ${alive}`,
      [ids],
    );
    return new Map(rows.map(({ id, ...rights }) => [id, rights]));
  }

  /** Sessions that ended so lately that somebody may still hold a token of theirs. */
  async endedLately(): Promise<{ id: string; at: Date }[]> {
    const { rows } = await this.#pool.query<{ id: string; at: Date }>(
      `select id, ended_at as at from auth.sessions where ended_at > now() - interval '${lifetimes.sessionSeconds} seconds'`,
    );
    return rows;
  }
}

const digest = (token: string) => createHash('sha256').update(token).digest();
