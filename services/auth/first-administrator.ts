import { randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { execute, Refused } from '@sightline/event-log';
import { inTransaction } from '@sightline/event-log/transaction';
import type { Deps } from './deps.ts';
import { user } from './user.ts';

type AdministratorDeps = Pick<Deps, 'pool' | 'log' | 'accounts' | 'keys'>;

const id = 'administrator';
/** Without letters that look alike. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/**
 * Makes user `administrator` with a one-time password when there is no user yet, in whichever copy comes first. The
 * password goes into `file` (readable by its owner only), else once to stderr; it must be changed at the first sign-in.
 */
export async function ensureFirstAdministrator(deps: AdministratorDeps, file: string | undefined): Promise<void> {
  await inTransaction(deps.pool, async (tx) => {
    await tx.query('select pg_advisory_xact_lock(hashtext($1))', ['first administrator']);
    const { rowCount } = await tx.query('select from auth.accounts limit 1');
    if (!rowCount) await make(deps, file);
  });
}

async function make({ accounts, log, keys }: AdministratorDeps, file: string | undefined): Promise<void> {
  const password = Array.from({ length: 20 }, () => letters[randomInt(letters.length)]).join('');
  await register(log, await keys.seal(id, id));
  if (file) await writeFile(file, `${password}\n`, { mode: 0o600 });
  else process.stderr.write(`First sign-in: administrator / ${password} (shown once)\n`);
  await accounts.create({ user: id, username: id, mustChange: true }, password);
}

/** An earlier start may have come this far and no further. */
async function register(log: Deps['log'], name: string): Promise<void> {
  try {
    await execute(log, user, {
      stream: `user-${id}`,
      command: { type: 'RegisterUser', user: id, name, role: 'administrator', areas: [] },
      metadata: { actor: { kind: 'service', id: 'auth' } },
    });
  } catch (error) {
    if (!(error instanceof Refused && error.code === 'exists')) throw error;
  }
}
