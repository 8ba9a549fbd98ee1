import { hash, verify } from '@node-rs/argon2';
import type { Pool } from 'pg';
import type { PersonKeys } from './person-keys.ts';

/** Somebody who can sign in; the password stands only as an argon2id hash, the name only sealed. */
export interface Account {
  user: string;
  /** The user's id where the name cannot be opened. */
  username: string;
  mustChange: boolean;
}

interface Row {
  user_id: string;
  password_hash: string;
  must_change: boolean;
  name: string | null;
  wrapped: Buffer | null;
}

/** Argon2id with 19 MiB, 2 passes, 1 lane: the OWASP minimum, about 20 ms here. */
const hashing = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const select = `select a.user_id, a.password_hash, a.must_change, u.name, k.wrapped from auth.accounts a
  left join auth.users u on u.id = a.user_id left join auth.person_keys k on k.user_id = a.user_id`;

/** Accounts by the name that people sign in with, whatever its case. */
export class Accounts {
  readonly #pool: Pool;
  readonly #keys: PersonKeys;
  /** Verified against for names that do not exist, so that both answers take as long. */
  readonly #nobody = hash('nobody', hashing);

  constructor(pool: Pool, keys: PersonKeys) {
    this.#pool = pool;
    this.#keys = keys;
  }

  /** The account of a name when the password is right, else undefined. */
  async authenticate(username: string, password: string): Promise<Account | undefined> {
    return this.#verify(await this.#find('a.name_hash = $1', this.#keys.lookup(username)), password);
  }

  /** The account of a user when the password is right, else undefined. */
  async verify(user: string, password: string): Promise<Account | undefined> {
    return this.#verify(await this.#find('a.user_id = $1', user), password);
  }

  async find(user: string): Promise<Account | undefined> {
    const row = await this.#find('a.user_id = $1', user);
    return row && this.#toAccount(row);
  }

  /** The names of all users that can be opened, by id. */
  async names(): Promise<Map<string, string>> {
    const { rows } = await this.#pool.query<{ person: string; name: string | null; wrapped: Buffer | null }>(
      'select u.id as person, u.name, k.wrapped from auth.users u join auth.person_keys k on k.user_id = u.id',
    );
    return new Map(
      rows.flatMap((row) => {
        const name = this.#keys.open(row);
        return name === undefined ? [] : [[row.person, name] as const];
      }),
    );
  }

  /** Makes an account; false when the name or the user has one already. */
  async create({ user, username, mustChange }: Account, password: string): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      'insert into auth.accounts (user_id, name_hash, password_hash, must_change) values ($1, $2, $3, $4) on conflict do nothing',
      [user, this.#keys.lookup(username), await hash(password, hashing), mustChange],
    );
    return rowCount === 1;
  }

  async changePassword(user: string, password: string): Promise<void> {
    const passwordHash = await hash(password, hashing);
    await this.#pool.query('update auth.accounts set password_hash = $2, must_change = false where user_id = $1', [
      user,
      passwordHash,
    ]);
  }

  /** Takes an account back whose user could not be registered. */
  async remove(user: string): Promise<void> {
    for (const table of ['accounts', 'person_keys'])
      await this.#pool.query(`delete from auth.${table} where user_id = $1`, [user]);
  }

  async #verify(row: Row | undefined, password: string): Promise<Account | undefined> {
    const good = await verify(row?.password_hash ?? (await this.#nobody), password);
    return row && good ? this.#toAccount(row) : undefined;
  }

  async #find(condition: string, value: string | Buffer): Promise<Row | undefined> {
    const { rows } = await this.#pool.query<Row>(`${select} where ${condition}`, [value]);
    return rows[0];
  }

  #toAccount({ user_id: user, must_change: mustChange, name, wrapped }: Row): Account {
    return { user, username: this.#keys.open({ person: user, name, wrapped }) ?? user, mustChange };
  }
}
