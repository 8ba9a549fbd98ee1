import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');
export const toolsFolder = join(root, '.tools');
export const binFolder = join(toolsFolder, 'bin');

/** Where a second clone finds what a first one fetched or built; undefined when switched off with SIGHTLINE_CACHE=off. */
export async function cacheFolder(kind: 'debs' | 'built'): Promise<string | undefined> {
  if (process.env.SIGHTLINE_CACHE === 'off') return undefined;
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'sightline', kind);
  return mkdir(folder, { recursive: true }).then(
    () => folder,
    () => undefined,
  );
}
