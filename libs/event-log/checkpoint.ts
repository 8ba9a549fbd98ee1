import { type ClientBase, escapeIdentifier } from 'pg';

/** Up to where somebody has worked, and in which version. */
export interface Checkpoint {
  version: number;
  position: number;
}

const table = (schema: string) => `${escapeIdentifier(schema)}.checkpoints`;
const columns = 'version, position';

/** The checkpoints of one schema by name. All that is read and written is a part of the caller's transaction. */
export const checkpointsOf = (tx: ClientBase, schema: string) => ({
  async find(name: string): Promise<Checkpoint | undefined> {
    return (await tx.query<Checkpoint>(`select ${columns} from ${table(schema)} where name = $1`, [name])).rows[0];
  },
  /** Makes it when it is not there yet. */
  async ensure(name: string, { version, position }: Checkpoint): Promise<void> {
    await tx.query(
      `insert into ${table(schema)} (name, version, position) values ($1, $2, $3) on conflict do nothing`,
      [name, version, position],
    );
  },
  /** Holds it until the end of the transaction; undefined when it is not there, or somebody else holds it and `skip` is set. */
  async lock(name: string, { skip = false } = {}): Promise<Checkpoint | undefined> {
    const { rows } = await tx.query<Checkpoint>(
      `select ${columns} from ${table(schema)} where name = $1 for update ${skip ? 'skip locked' : ''}`,
      [name],
    );
    return rows[0];
  },
  async save(name: string, { version, position }: Checkpoint): Promise<void> {
    await tx.query(`update ${table(schema)} set version = $2, position = $3 where name = $1`, [
      name,
      version,
      position,
    ]);
  },
  async remove(name: string): Promise<void> {
    await tx.query(`delete from ${table(schema)} where name = $1`, [name]);
  },
});
