import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { exists } from './find.ts';
import { toolsFolder } from './paths.ts';
import { SetupError } from './progress.ts';

/** How old package lists may be before they are read again (ms). */
const freshMs = 60 * 60 * 1000;

/** A state of apt's own below `.tools`, for one suite of Debian: nothing of the host is changed, and root is not needed. */
export interface AptState {
  folder: string;
  /** Configuration file, for `APT_CONFIG`. */
  config: string;
}

const states = new Map<string, Promise<AptState>>();

/** Makes the state and reads the package lists, once a process and suite; `renew` reads lists that are fresh again. */
export function aptState(suite: string | undefined, renew = false): Promise<AptState> {
  const key = suite ?? 'host';
  const known = states.get(key);
  if (known && !renew) return known;
  const made = makeState(key, suite, renew);
  states.set(key, made);
  return made;
}

async function makeState(key: string, suite: string | undefined, renew: boolean): Promise<AptState> {
  const folder = join(toolsFolder, 'apt', key);
  const state = { folder, config: join(folder, 'apt.conf') };
  const stamp = join(folder, 'updated');
  const updatedAt = await stat(stamp).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  if (!renew && Date.now() - updatedAt < freshMs) return state;
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'lists', 'partial'), { recursive: true });
  const sources = suite ? await otherSuite(folder, suite) : ['Dir::State::status "/var/lib/dpkg/status";'];
  await writeFile(state.config, `${configLines(folder).concat(sources).join('\n')}\n`);
  await execa('apt-get', ['update', '-qq'], { env: { APT_CONFIG: state.config }, all: true });
  await writeFile(stamp, '');
  return state;
}

/** The host's hooks are cleared: in containers they empty the host's own archive folder under a running install. */
export function configLines(folder: string): string[] {
  return [
    `Dir::State "${folder}";`,
    `Dir::State::Lists "${folder}/lists";`,
    `Dir::Cache "${folder}/cache";`,
    'APT::Sandbox::User "";',
    'APT::Keep-Downloaded-Packages "true";',
    'Binary::apt::APT::Keep-Downloaded-Packages "true";',
    'Acquire::Retries "3";',
    'Acquire::Languages "none";',
    'Debug::NoLocking "true";',
    '#clear APT::Update::Post-Invoke;',
    '#clear APT::Update::Post-Invoke-Success;',
    '#clear DPkg::Post-Invoke;',
    '#clear APT::Install::Post-Invoke-Success;',
  ];
}

/** Another suite of the mirror that this machine uses, resolved as if nothing were installed. */
async function otherSuite(folder: string, suite: string): Promise<string[]> {
  const mirror = debianMirror(
    (await execa('apt-get', ['indextargets', '--format', '$(REPO_URI)', 'Created-By: Packages'])).stdout,
  );
  if (!mirror)
    throw new SetupError(
      'The apt configuration of this machine names no mirror of Debian.',
      'run the system from images instead: docker compose up',
    );
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
  const signed = (await exists(keyring)) ? `[signed-by=${keyring}] ` : '';
  await writeFile(join(folder, 'status'), '');
  await writeFile(join(folder, 'sources.list'), `deb ${signed}${mirror} ${suite} main\n`);
  return [
    `Dir::State::status "${folder}/status";`,
    `Dir::Etc::SourceList "${folder}/sources.list";`,
    'Dir::Etc::SourceParts "/dev/null";',
  ];
}

/** The first address of a list that is a whole mirror of Debian: not one of security updates, nor of another vendor. */
export const debianMirror = (addresses: string): string | undefined =>
  addresses
    .split('\n')
    .map((line) => line.trim())
    .find((address) => /\/debian\/?$/.test(address));
