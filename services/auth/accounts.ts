import { hash, verify } from '@node-rs/argon2';
import type { Pool } from 'pg';

/** A name to sign in with; its password stands only as an argon2id hash. */
export interface Account {
  user: string;
  username: string;
  mustChange: boolean;
}

interface Row {
  user_id: string;
  username: string;
  password_hash: string;
  must_change: boolean;
}

/** Argon2id with 19 MiB, 2 passes, 1 lane: the OWASP minimum, about 20 ms here. */
const hashing = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const columns = 'user_id, username, password_hash, must_change';

/** Accounts by the name that people sign in with, whatever its case. */
export class Accounts {
  readonly #pool: Pool;
  /** Verified against for names that do not exist, so that both answers take as long. */
  readonly #nobody = hash('nobody', hashing);

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The account when the password is right, else undefined. */
  async authenticate(username: string, password: string): Promise<Account | undefined> {
    const row = await this.#find('lower(username) = lower($1)', username);
    const good = await verify(row?.password_hash ?? (await this.#nobody), password);
    return row && good ? toAccount(row) : undefined;
  }

  async find(user: string): Promise<Account | undefined> {
    const row = await this.#find('user_id = $1', user);
    return row && toAccount(row);
  }

  /** Makes an account; false when the name or the user has one already. */
  async create(account: Account, password: string): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      `insert into auth.accounts (${columns}) values ($1, $2, $3, $4) on conflict do nothing`,
      [account.user, account.username, await hash(password, hashing), account.mustChange],
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

  async remove(user: string): Promise<void> {
    await this.#pool.query('delete from auth.accounts where user_id = $1', [user]);
  }

  async #find(condition: string, value: string): Promise<Row | undefined> {
    const { rows } = await this.#pool.query<Row>(`select ${columns} from auth.accounts where ${condition}`, [value]);
    return rows[0];
  }
}

const toAccount = (row: Row): Account => ({ user: row.user_id, username: row.username, mustChange: row.must_change });
