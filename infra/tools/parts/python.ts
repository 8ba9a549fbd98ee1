import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { access, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { aptUnpack } from '../apt.ts';
import { ask, atLeast, onPath, versionIn } from '../find.ts';
import { root, toolsFolder } from '../paths.ts';
import { SetupError } from '../progress.ts';
import type { Tool } from '../tool.ts';
import versions from '../versions.json' with { type: 'json' };
import { writeWrapper } from '../wrapper.ts';

const environment = join(toolsFolder, 'python');
const requirements = join(root, 'workers', 'vision', 'requirements.txt');

/** The interpreter of the project's own Python environment. */
export async function pythonOf(): Promise<string> {
  const path = join(environment, 'bin', 'python');
  if (
    !(await access(path).then(
      () => true,
      () => false,
    ))
  )
    await makeEnvironment();
  return path;
}

/** A virtual environment with pip; where Debian's python3 comes without pip, the wheel of pip is fetched. */
async function makeEnvironment(): Promise<void> {
  const python = await findPython();
  const whole = await execa(python, ['-m', 'venv', '--clear', environment], { reject: false });
  if (!whole.failed) return;
  await rm(environment, { recursive: true, force: true });
  await execa(python, ['-m', 'venv', '--without-pip', environment]);
  const folder = await aptUnpack({ name: 'pip', packages: ['python3-pip-whl'], tell: () => {} });
  const wheels = join(folder, 'usr', 'share', 'python-wheels');
  const wheel = (await readdir(wheels)).find((file) => file.startsWith('pip-'));
  if (!wheel)
    throw new SetupError('Debian has no wheel of pip.', 'install python3-venv (apt-get install python3-venv)');
  await execa(join(environment, 'bin', 'python'), [
    join(wheels, wheel, 'pip'),
    'install',
    '--quiet',
    join(wheels, wheel),
  ]);
}

async function findPython(): Promise<string> {
  for (const name of ['python3', 'python3.13', 'python3.12', 'python3.11']) {
    const path = await onPath(name);
    if (path && atLeast(versionIn(await ask(path, '--version')), versions.python.least)) return path;
  }
  for (const path of ['/usr/bin/python3'])
    if (atLeast(versionIn(await ask(path, '--version').catch(() => '')), versions.python.least)) return path;
  throw new SetupError(
    `No python3 of at least ${versions.python.least} was found.`,
    'install it: apt-get install python3 python3-venv',
  );
}

/** The Python environment of the AI worker. */
export const vision: Tool = {
  name: 'vision-worker',
  purpose: 'AI worker (Python)',
  provides: ['vision-worker'],
  get recipe() {
    return createHash('sha256').update(readFileSync(requirements)).digest('hex');
  },
  install: async (tell) => {
    tell('making the Python environment');
    const python = await pythonOf();
    tell('installing packages');
    await execa(python, [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--only-binary=:all:',
      '-r',
      requirements,
    ]);
    await writeWrapper('vision-worker', {
      command: [python, '-m', 'vision'],
      environment: { PYTHONPATH: join(root, 'workers', 'vision'), PYTHONUNBUFFERED: '1' },
    });
    return 'PyPI packages';
  },
};
