import type { StreamEntry } from './redis.ts';

/** The most entries of one read. */
const mostEntries = 500;
/** About so much is asked of Redis at once: it answers by count, and an entry may be a few bytes or more than a megabyte. */
const readBytes = 16_000_000;
/** So much is read and written in one transaction: what becomes of it in memory and in Postgres is several times as large. */
const batchBytes = 4_000_000;

/** How many entries to ask for before anything is known of their size. */
export const firstCount = 50;

/** About how large an entry is (bytes). */
export const sizeOf = ({ data, thumbnails }: Pick<StreamEntry, 'data' | 'thumbnails'>) =>
  data.length + (thumbnails?.length ?? 0);

/** How many entries to ask for next, when they are as large as these were; `before` when there were none. */
export function nextCount(entries: readonly StreamEntry[], before: number): number {
  if (entries.length === 0) return before;
  const bytes = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  return Math.min(mostEntries, Math.max(1, Math.floor((readBytes * entries.length) / Math.max(1, bytes))));
}

/** Entries in their order, in batches of about the same size (bytes) at most, each of one entry at least. */
export function batchesOf(entries: readonly StreamEntry[]): StreamEntry[][] {
  const batches: StreamEntry[][] = [];
  let left = 0;
  for (const entry of entries) {
    const size = sizeOf(entry);
    if (size > left || batches.length === 0) {
      batches.push([]);
      left = batchBytes;
    }
    batches.at(-1)?.push(entry);
    left -= size;
  }
  return batches;
}
