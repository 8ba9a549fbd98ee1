import type { Detection } from '@sightline/contracts';
import type { Refusal, Store } from './store.ts';
import type { Thumbnail } from './thumbnails.ts';

/** A detection with its pictures and the way to refuse it after all. */
export interface Taken {
  detection: Detection;
  thumbnails: Thumbnail[];
  refuse(reason: string): Refusal;
}

/** Writes a batch. What the database itself cannot hold is sought by halves and refused: one entry never stops the others. */
export async function writeBatch(
  store: Pick<Store, 'write'>,
  taken: readonly Taken[],
  refusals: readonly Refusal[],
): Promise<void> {
  try {
    await store.write(
      taken.map(({ detection }) => detection),
      refusals,
      taken.flatMap(({ thumbnails }) => thumbnails),
    );
  } catch (error) {
    const [only] = taken;
    if (!only || !(taken.length > 1 ? isBadData(error) || isTooMuch(error) : isBadData(error))) throw error;
    if (taken.length === 1) return writeBatch(store, [], [...refusals, only.refuse(`Cannot be stored: ${error}`)]);
    const half = Math.ceil(taken.length / 2);
    await writeBatch(store, taken.slice(0, half), refusals);
    await writeBatch(store, taken.slice(half), []);
  }
}

const stateOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** SQLSTATE classes 22 (data exception), 23 (integrity) and 54 (limits): the same again would fail the same way. */
const isBadData = (error: unknown): boolean => /^(22|23|54)/.test(stateOf(error));

/** Took too long, or too much memory: less of it may pass, and one alone may pass later. */
const isTooMuch = (error: unknown): boolean => ['57014', '53200'].includes(stateOf(error));
