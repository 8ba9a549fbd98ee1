import { access, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { cacheFolder, toolsFolder } from './paths.ts';
import { SetupError } from './progress.ts';

interface AptOptions {
  /** Name of the unpacked root below `.tools`. */
  name: string;
  packages: readonly string[];
  /** A Debian suite other than the host's own; then everything down to the C library comes along. */
  suite?: string;
  tell: (detail: string) => void;
}

const noApt = 'run the system from images instead: docker compose up';

/**
 * Downloads Debian packages with what they need and unpacks them below `.tools`, with a state of apt's own: nothing of the
 * host is changed, and root is not needed. apt checks signatures and sums. Returns the folder.
 */
export async function aptUnpack({ name, packages, suite, tell }: AptOptions): Promise<string> {
  if (
    !(await access('/usr/bin/apt-get').then(
      () => true,
      () => false,
    ))
  )
    throw new SetupError('This system has no apt-get.', noApt);
  const into = join(toolsFolder, name);
  const config = await writeConfig(name, suite);
  const apt = (...args: string[]) =>
    execa('apt-get', args, {
      env: { ...process.env, APT_CONFIG: config.path, DEBIAN_FRONTEND: 'noninteractive' },
      all: true,
    });
  try {
    tell('reading package lists');
    await apt('update', '-qq');
    tell('downloading packages');
    await apt('install', '-y', '-qq', '--download-only', '--no-install-recommends', ...packages);
  } catch (error) {
    throw new SetupError(
      `apt could not fetch ${packages.join(', ')}: ${lastLine(error)}`,
      "check the network and the machine's apt sources (apt-get update), then run the same command again",
      { cause: error },
    );
  }
  const debs = (await readdir(config.archives)).filter((file) => file.endsWith('.deb'));
  const unfinished = `${into}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  for (const [index, deb] of debs.entries()) {
    tell(`unpacking ${index + 1} of ${debs.length}`);
    await execa('dpkg-deb', ['-x', join(config.archives, deb), unfinished]);
  }
  await rm(into, { recursive: true, force: true });
  await rename(unfinished, into);
  await rm(config.folder, { recursive: true, force: true });
  return into;
}

function lastLine(error: unknown): string {
  const all = error instanceof Error && 'all' in error ? String(error.all) : String(error);
  return all.trim().split('\n').at(-1) ?? '';
}

interface Config {
  path: string;
  folder: string;
  archives: string;
}

async function writeConfig(name: string, suite: string | undefined): Promise<Config> {
  const folder = join(toolsFolder, 'apt', name);
  await rm(folder, { recursive: true, force: true });
  const archives = join((await cacheFolder()) ?? folder, 'debs', suite ?? 'host', name);
  await mkdir(join(folder, 'lists', 'partial'), { recursive: true });
  await rm(archives, { recursive: true, force: true }).catch(() => undefined);
  await mkdir(join(archives, 'partial'), { recursive: true });
  const lines = [
    `Dir::State::Lists "${folder}/lists";`,
    `Dir::State "${folder}";`,
    `Dir::Cache "${folder}/cache";`,
    `Dir::Cache::Archives "${archives}";`,
    'APT::Sandbox::User "";',
    'Debug::NoLocking "true";',
    '#clear APT::Update::Post-Invoke;',
    '#clear APT::Update::Post-Invoke-Success;',
    '#clear DPkg::Post-Invoke;',
    '#clear APT::Install::Post-Invoke-Success;',
    'APT::Keep-Downloaded-Packages "true";',
    'Binary::apt::APT::Keep-Downloaded-Packages "true";',
    ...(suite ? await suiteLines(folder, suite) : ['Dir::State::status "/var/lib/dpkg/status";']),
  ];
  const path = join(folder, 'apt.conf');
  await writeFile(path, `${lines.join('\n')}\n`);
  return { path, folder, archives };
}

/** Another suite of the mirror that this machine uses, resolved as if nothing were installed. */
async function suiteLines(folder: string, suite: string): Promise<string[]> {
  const { stdout } = await execa('apt-get', [
    'indextargets',
    '--format',
    '$(REPO_URI) $(CODENAME)',
    'Created-By: Packages',
  ]);
  const mirror = stdout
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '')
    .find((uri) => /\/debian\/?$/.test(uri));
  if (!mirror) throw new SetupError('The apt configuration of this machine names no mirror of Debian.', noApt);
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
  const signed = (await access(keyring).then(
    () => true,
    () => false,
  ))
    ? `[signed-by=${keyring}] `
    : '';
  await writeFile(join(folder, 'status'), '');
  await writeFile(join(folder, 'sources.list'), `deb ${signed}${mirror} ${suite} main\n`);
  return [
    `Dir::State::status "${folder}/status";`,
    `Dir::Etc::SourceList "${folder}/sources.list";`,
    'Dir::Etc::SourceParts "/dev/null";',
  ];
}
