import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { type AptState, aptState } from './apt-state.ts';
import { exists } from './find.ts';
import { cacheFolder, toolsFolder } from './paths.ts';
import { SetupError } from './progress.ts';

interface AptOptions {
  /** Name of the unpacked root below `.tools`. */
  name: string;
  packages: readonly string[];
  /** A Debian suite other than the host's own; then everything down to the C library comes along. */
  suite?: string | undefined;
  tell: (detail: string) => void;
}

/**
 * Downloads Debian packages with what they need and unpacks them below `.tools`; apt checks signatures and sums. What the
 * host has already does not come along, unless it is named. Returns the folder.
 */
export async function aptUnpack({ name, packages, suite, tell }: AptOptions): Promise<string> {
  if (!(await exists('/usr/bin/apt-get')))
    throw new SetupError(
      `This system has no apt-get, which fetches ${name}.`,
      'run the system from images instead: docker compose up',
    );
  const archives = join(toolsFolder, 'apt', 'archives', name);
  const debs = await download({ packages, suite, archives, tell }).catch((error: unknown) => {
    throw new SetupError(
      `apt could not fetch ${packages.join(', ')}: ${lastLine(error)}`,
      "check the network and the machine's apt sources (apt-get update), then run the same command again",
      { cause: error },
    );
  });
  const into = join(toolsFolder, name);
  const unfinished = `${into}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  for (const [index, deb] of debs.entries()) {
    tell(`unpacking ${index + 1} of ${debs.length}`);
    await execa('dpkg-deb', ['-x', join(archives, deb), unfinished]);
  }
  await rm(into, { recursive: true, force: true });
  await rename(unfinished, into);
  await rm(archives, { recursive: true, force: true });
  return into;
}

interface DownloadOptions {
  packages: readonly string[];
  suite: string | undefined;
  /** Folder that the packages are put into. */
  archives: string;
  tell: (detail: string) => void;
}

/** Fetches the packages and returns their file names; lists that have grown stale meanwhile are read once more. */
async function download(options: DownloadOptions): Promise<string[]> {
  const { suite, tell } = options;
  tell('reading package lists');
  const state = await aptState(suite);
  return fetchDebs(state, options).catch(async () => fetchDebs(await aptState(suite, true), options));
}

async function fetchDebs(state: AptState, { packages, archives, tell }: DownloadOptions): Promise<string[]> {
  await mkdir(join(archives, 'partial'), { recursive: true });
  const apt = (...flags: string[]) =>
    execa('apt-get', ['install', '-y', '-qq', '--reinstall', '--no-install-recommends', ...flags, ...packages], {
      env: { APT_CONFIG: state.config, DEBIAN_FRONTEND: 'noninteractive' },
      all: true,
    });
  const debs = debFiles((await apt('--simulate')).stdout);
  const cache = await cacheFolder('debs');
  if (cache) await copyMissing(debs, cache, archives);
  tell(`downloading ${debs.length} packages`);
  await apt('--download-only', '-o', `Dir::Cache::Archives=${archives}`);
  if (cache) await copyMissing(debs, archives, cache);
  return debs;
}

/** File names of the packages that a simulated `apt-get install` would install. */
export function debFiles(simulated: string): string[] {
  return [...simulated.matchAll(/^Inst (\S+) (?:\[\S+\] )?\((\S+) .*?\[(\w+)\]\)/gm)].map(
    ([, name = '', version = '', arch]) => `${name.replace(/:\w+$/, '')}_${version.replaceAll(':', '%3a')}_${arch}.deb`,
  );
}

async function copyMissing(files: readonly string[], from: string, into: string): Promise<void> {
  for (const file of files) {
    const [source, target] = [join(from, file), join(into, file)];
    if ((await exists(target)) || !(await exists(source))) continue;
    const unfinished = `${target}.${process.pid}`;
    await copyFile(source, unfinished).then(
      () => rename(unfinished, target),
      () => rm(unfinished, { force: true }),
    );
  }
}

function lastLine(error: unknown): string {
  const all = error instanceof Error && 'all' in error ? String(error.all) : String(error);
  return all.trim().split('\n').at(-1) ?? '';
}
