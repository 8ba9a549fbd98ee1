import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { binFolder } from './paths.ts';

/** Whether a path can be reached, and, when `mode` says so, run. */
export const exists = (path: string, mode = constants.F_OK): Promise<boolean> =>
  access(path, mode).then(
    () => true,
    () => false,
  );

/** A program of the host by name, in the folders of PATH that are not ours; undefined when there is none. */
export async function onPath(name: string): Promise<string | undefined> {
  if (process.env.SIGHTLINE_HOST_TOOLS === 'off') return undefined;
  const folders = `${process.env.PATH ?? ''}${delimiter}/usr/sbin${delimiter}/usr/local/bin`.split(delimiter);
  for (const folder of folders) {
    if (!folder || folder === binFolder || folder.includes('node_modules')) continue;
    const path = join(folder, name);
    if (await exists(path, constants.X_OK)) return path;
  }
  return undefined;
}

/** What a program prints, both streams; empty when it cannot be run. */
export async function ask(path: string, ...args: string[]): Promise<string> {
  const { all } = await execa(path, args, { all: true, reject: false, timeout: 10_000, stdin: 'ignore' });
  return all ?? '';
}

/** The first dotted number in a text, as `1.2.3`. */
export const versionIn = (text: string): string | undefined => /(\d+\.\d+(?:\.\d+)?)/.exec(text)?.[1];

/** Whether a version is at least another one. */
export function atLeast(version: string | undefined, least: string): boolean {
  const parts = (text: string) => text.split('.').map(Number);
  const [have, want] = [parts(version ?? '0'), parts(least)];
  for (let i = 0; i < want.length; i += 1) {
    const difference = (have[i] ?? 0) - (want[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
