import { escapeIdentifier, type Pool, type PoolClient } from 'pg';
import { type Checkpoint, checkpointsOf } from './checkpoint.ts';
import { readHead } from './page.ts';
import { inTransaction } from './transaction.ts';

/** How far a rebuild has come: up to `position` of `head`, in this version of the projection. */
export interface Rebuild {
  projection: string;
  version: number;
  position: number;
  head: number;
}

/** The position of a rebuild that was asked for, whose tables are still to be made. */
export const notBegun = -1;
export const rebuildName = (projection: string) => `rebuild ${projection}`;
/** The schema beside a service's own in which projections are rebuilt. */
export const besideOf = (schema: string) => `${schema}_rebuild`;

/** Asks for a projection to be rebuilt: its running copies do it beside the old rows and swap. Nothing when it is under way. */
export function requestRebuild(
  pool: Pool,
  { schema, projection }: { schema: string; projection: string },
): Promise<void> {
  return inTransaction(pool, async (tx) => {
    const checkpoints = checkpointsOf(tx, schema);
    const live = await checkpoints.find(projection);
    if (!live) throw new Error(`Expected a projection of schema ${schema}, got ${projection}: it has never run.`);
    await checkpoints.ensure(rebuildName(projection), { version: live.version, position: notBegun });
  });
}

/** The rebuilds of a schema that are under way or asked for. */
export async function listRebuilds(pool: Pool, schema: string): Promise<Rebuild[]> {
  const { rows } = await pool.query<Omit<Rebuild, 'head'>>(
    `select substr(name, length($1) + 1) as projection, version, greatest(position, 0) as position from ${escapeIdentifier(schema)}.checkpoints
      where starts_with(name, $1) order by name`,
    [rebuildName('')],
  );
  const head = await readHead(pool);
  return rows.map((row) => ({ ...row, head }));
}

/**
 * The rebuild that this version of a projection has to do, held until the end of the transaction: one that was asked for,
 * or that a raised version needs. `begun`: the transaction has asked for it, and must end before anybody works on it,
 * because it holds the live rows. Undefined when there is none, or another copy is at it.
 */
export async function lockRebuild(
  tx: PoolClient,
  schema: string,
  { name, version }: { name: string; version: number },
): Promise<Checkpoint | 'begun' | undefined> {
  const checkpoints = checkpointsOf(tx, schema);
  const seen = await checkpoints.find(name);
  if (!seen || seen.version > version) return undefined;
  const found = await checkpoints.lock(rebuildName(name), { skip: true });
  if (found) return found.version < version ? { version, position: notBegun } : sameVersion(found, version);
  if (seen.version === version || (await checkpoints.find(rebuildName(name)))) return undefined;
  // Looked at again under the lock: a swap that was about to commit has made the rows what they should be.
  const live = await checkpoints.lock(name);
  if (!live || live.version >= version) return undefined;
  await checkpoints.ensure(rebuildName(name), { version, position: notBegun });
  return 'begun';
}

/** A rebuild of a newer version is for newer copies. */
const sameVersion = (found: Checkpoint, version: number) => (found.version === version ? found : undefined);

/** Empty tables like the live ones, with their indexes and checks. */
export async function makeTables(tx: PoolClient, schema: string, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    const beside = `${escapeIdentifier(besideOf(schema))}.${escapeIdentifier(table)}`;
    const live = `${escapeIdentifier(schema)}.${escapeIdentifier(table)}`;
    await tx.query(`drop table if exists ${beside}`);
    await tx.query(`create table ${beside} (like ${live} including all)`);
  }
}

/** Puts the rebuilt tables in the place of the live ones, all at once. Fails when somebody reads these for seconds. */
export async function swapTables(tx: PoolClient, schema: string, tables: readonly string[]): Promise<void> {
  await tx.query(`set local lock_timeout = '2s'`);
  for (const table of tables) {
    await tx.query(`drop table ${escapeIdentifier(schema)}.${escapeIdentifier(table)}`);
    await tx.query(
      `alter table ${escapeIdentifier(besideOf(schema))}.${escapeIdentifier(table)} set schema ${escapeIdentifier(schema)}`,
    );
  }
}
