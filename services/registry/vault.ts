import { randomUUIDv7 } from 'node:crypto';
import type { Credentials } from '@sightline/contracts';
import sodium from 'libsodium-wrappers';
import type { Pool } from 'pg';

/**
 * Keeps camera credentials, sealed so that only the ingress can open them (libsodium sealed box). They are put here
 * before the event that names them: an event that is refused leaves an entry that nothing points to, and no more.
 */
export class Vault {
  readonly #pool: Pool;
  readonly #publicKey: Uint8Array;

  private constructor(pool: Pool, publicKey: Uint8Array) {
    this.#pool = pool;
    this.#publicKey = publicKey;
  }

  /** `publicKey`: libsodium box key, base64. */
  static async open(pool: Pool, publicKey: string): Promise<Vault> {
    await sodium.ready;
    return new Vault(pool, Buffer.from(publicKey, 'base64'));
  }

  /** Seals and keeps credentials; returns the id that events name them by. */
  async put(credentials: Credentials): Promise<string> {
    const id = randomUUIDv7();
    const box = sodium.crypto_box_seal(JSON.stringify(credentials), this.#publicKey);
    await this.#pool.query('insert into registry.credentials (id, sealed) values ($1, $2)', [
      id,
      Buffer.from(box).toString('base64'),
    ]);
    return id;
  }

  /** The sealed box (base64) of an id. */
  async sealed(id: string): Promise<string | undefined> {
    const { rows } = await this.#pool.query<{ sealed: string }>(
      'select sealed from registry.credentials where id = $1',
      [id],
    );
    return rows[0]?.sealed;
  }
}
