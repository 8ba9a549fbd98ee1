import { rm } from 'node:fs/promises';

/** Removes the state of a stack that was closed. A Postgres that had to be killed writes on until its processes notice. */
export const clearState = (state: string): Promise<void> =>
  rm(state, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
