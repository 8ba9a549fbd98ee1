import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { decrypt, encrypt } from './aead.ts';

/** What is needed to open a person's name; `wrapped` is null once the person was erased. */
export interface SealedName {
  person: string;
  name: string | null;
  wrapped: Buffer | null;
}

/**
 * A data key for each person, in `auth.person_keys`, wrapped by the key of the environment. What is personal is sealed with
 * it before it goes anywhere; when its row is gone, nobody can open that again, wherever it stands.
 */
export class PersonKeys {
  readonly #pool: Pool;
  readonly #wrapping: Buffer;
  readonly #lookup: Buffer;

  /** `secret`: 32 bytes, base64. */
  constructor(pool: Pool, secret: string) {
    this.#pool = pool;
    this.#wrapping = derive(secret, 'sightline person keys');
    this.#lookup = derive(secret, 'sightline user names');
  }

  /** By what an account is found: a keyed hash of the user name, whatever its case. */
  lookup(username: string): Buffer {
    return createHmac('sha256', this.#lookup).update(username.toLowerCase()).digest();
  }

  /** Seals a person's name (base64), with the key that is there, or a new one. */
  async seal(person: string, name: string): Promise<string> {
    return encrypt(await this.#keyOf(person), Buffer.from(name), nameOf(person)).toString('base64');
  }

  /** The name; undefined when there is none, or its key is gone or another one. */
  open({ person, name, wrapped }: SealedName): string | undefined {
    if (name === null || wrapped === null) return undefined;
    try {
      return decrypt(this.#unwrap(person, wrapped), Buffer.from(name, 'base64'), nameOf(person)).toString();
    } catch {
      return undefined;
    }
  }

  /** Throws when the keys in the database were wrapped by another key than that of the environment. */
  async check(): Promise<void> {
    const { rows } = await this.#pool.query<{ user_id: string; wrapped: Buffer }>(
      'select user_id, wrapped from auth.person_keys limit 1',
    );
    for (const { user_id, wrapped } of rows) this.#unwrap(user_id, wrapped);
  }

  async #keyOf(person: string): Promise<Buffer> {
    const fresh = encrypt(this.#wrapping, randomBytes(32), person);
    await this.#pool.query(
      'insert into auth.person_keys (user_id, wrapped) values ($1, $2) on conflict (user_id) do nothing',
      [person, fresh],
    );
    const { rows } = await this.#pool.query<{ wrapped: Buffer }>(
      'select wrapped from auth.person_keys where user_id = $1',
      [person],
    );
    if (!rows[0]) throw new Error(`the key of person ${person} was destroyed while it was asked for`);
    return this.#unwrap(person, rows[0].wrapped);
  }

  #unwrap(person: string, wrapped: Buffer): Buffer {
    try {
      return decrypt(this.#wrapping, wrapped, person);
    } catch (error) {
      const expected = `Expected PERSON_KEYS_SECRET to be what auth.person_keys was wrapped with, got another one (person ${person})`;
      throw new Error(`${expected}: give back the secret of before.`, { cause: error });
    }
  }
}

const nameOf = (person: string) => `name of ${person}`;
const derive = (secret: string, purpose: string) =>
  Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'base64'), '', purpose, 32));
