import type { Pool, PoolClient } from 'pg';

/** Runs `work` in a transaction on a connection of its own, which is given up when anything fails. */
export async function inTransaction<Result>(pool: Pool, work: (tx: PoolClient) => Promise<Result>): Promise<Result> {
  const tx = await pool.connect();
  try {
    await tx.query('begin');
    const result = await work(tx);
    await tx.query('commit');
    tx.release();
    return result;
  } catch (error) {
    tx.release(true);
    throw error;
  }
}
