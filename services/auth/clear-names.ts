import { execute, Refused } from '@sightline/event-log';
import type { Deps } from './deps.ts';
import { user } from './user.ts';

/** Seals the names that stand in clear from before there were keys of persons, and empties the column. */
export async function sealClearNames({ pool, log, keys }: Pick<Deps, 'pool' | 'log' | 'keys'>): Promise<void> {
  const { rows } = await pool.query<{ id: string; username: string }>(
    'select user_id as id, username from auth.accounts where username is not null',
  );
  for (const { id, username } of rows) {
    const command = { type: 'Name', name: await keys.seal(id, username) } as const;
    const metadata = { actor: { kind: 'service', id: 'auth' } } as const;
    await execute(log, user, { stream: `user-${id}`, command, metadata }).catch(withoutUser);
    await pool.query('update auth.accounts set name_hash = $2, username = null where user_id = $1', [
      id,
      keys.lookup(username),
    ]);
  }
  // Rows of before stay in the file until the table is written anew.
  if (rows.length > 0) await pool.query('vacuum full auth.accounts');
}

/** An account whose registration came no further has no user to name. */
function withoutUser(error: unknown): void {
  if (!(error instanceof Refused)) throw error;
}
