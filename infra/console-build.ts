import { createHash } from 'node:crypto';
import { glob, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Progress } from './tools/progress.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'apps', 'console');
const stamp = join(folder, 'dist', '.built-from');

/** Builds the console when its sources, or the contracts that it imports, are not those of the last build. */
export async function buildConsole(progress: Progress): Promise<void> {
  const wanted = await hashSources();
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return;
  await progress.step('console', async () => {
    await execa('npm', ['run', 'build', '-w', '@sightline/console'], { cwd: root, all: true });
    await writeFile(stamp, wanted);
    return 'built';
  });
}

async function hashSources(): Promise<string> {
  const patterns = [
    'apps/console/{src,public}/**/*',
    'apps/console/*.{json,ts,html}',
    'libs/{contracts,timing}/**/*.ts',
    'package-lock.json',
  ];
  const files: string[] = [];
  for await (const entry of glob(patterns, { cwd: root, withFileTypes: true })) {
    if (entry.isFile()) files.push(join(entry.parentPath, entry.name));
  }
  const hash = createHash('sha256');
  for (const file of files.sort()) hash.update(file.slice(root.length)).update(await readFile(file));
  return hash.digest('hex');
}
