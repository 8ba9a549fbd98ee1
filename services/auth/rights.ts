import { execute } from '@sightline/event-log';
import { inTransaction } from '@sightline/event-log/transaction';
import { ProblemError } from '@sightline/service';
import type { Deps } from './deps.ts';
import { type UserCommand, user } from './user.ts';

type Role = 'viewer' | 'administrator';

/** A user and what he may do, as the log has it. */
export interface Rights {
  id: string;
  role: Role;
  areas: string[];
  active: boolean;
  position: number;
}

const columns = 'id, role, areas, active, position';

/** The rights of one user; undefined when there is no such user. */
export async function rightsOf({ pool }: Pick<Deps, 'pool'>, id: string): Promise<Rights | undefined> {
  const { rows } = await pool.query<Rights>(`select ${columns} from auth.users where id = $1`, [id]);
  return rows[0];
}

/** Everybody, in order of their ids, and whether the person was erased. */
export async function allRights({ pool }: Pick<Deps, 'pool'>): Promise<(Rights & { erased: boolean })[]> {
  return (await pool.query(`select ${columns}, erased from auth.users order by id`)).rows;
}

/** Carries out a command on a user and waits until the answer can be read back. */
export async function commandUser(deps: Deps, id: string, command: UserCommand, actor: string): Promise<number> {
  const { position } = await execute(deps.log, user, {
    stream: `user-${id}`,
    command,
    metadata: { actor: { kind: 'user', id: actor } },
  });
  await deps.users.caughtUp(position);
  return position;
}

/**
 * Takes rights away under a lock, so that two administrators cannot demote each other at the same moment and leave none.
 * `stays`: whether the user is still an active administrator afterwards.
 */
export function keepingAnAdministrator<Result>(
  deps: Deps,
  id: string,
  stays: boolean,
  work: () => Promise<Result>,
): Promise<Result> {
  // Whoever waits for the lock holds a connection, and whoever has it needs another: in this process one at a time.
  return deps.mutex.run('administrators', () => locked(deps, id, stays, work));
}

function locked<Result>(deps: Deps, id: string, stays: boolean, work: () => Promise<Result>): Promise<Result> {
  return inTransaction(deps.pool, async (tx) => {
    await tx.query('select pg_advisory_xact_lock(hashtext($1))', ['administrators']);
    const { rowCount } = await tx.query(`select from auth.users where role = 'administrator' and active and id <> $1`, [
      id,
    ]);
    if (!stays && !rowCount) {
      throw new ProblemError(409, 'This is the last administrator.', {
        code: 'last_administrator',
        hint: 'Make somebody else an administrator first.',
      });
    }
    return work();
  });
}
