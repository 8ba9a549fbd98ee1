import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { aptUnpack } from '../apt.ts';
import { ask, atLeast, exists, onPath, versionIn } from '../find.ts';
import { libraryFolders } from '../multiarch.ts';
import { binFolder, root, toolsFolder } from '../paths.ts';
import type { Tool } from '../tool.ts';
import versions from '../versions.json' with { type: 'json' };
import { writeWrapper } from '../wrapper.ts';

/** The interpreter of the project's own Python environment. */
export const visionPython = join(binFolder, 'vision-python');

const folder = join(toolsFolder, 'python');
const requirements = join(root, 'workers', 'vision', 'requirements.txt');

interface Python {
  program: string;
  /** What it must be started with, when it is not the host's. */
  environment: Record<string, string>;
}

type Tell = (detail: string) => void;

/** A virtual environment with pip, which comes as a wheel, because Debian's python3 has none by itself. */
async function makeEnvironment(tell: Tell): Promise<void> {
  const { program, environment } = await findPython(tell);
  await rm(folder, { recursive: true, force: true });
  await execa(program, ['-m', 'venv', '--without-pip', folder], { env: environment });
  await writeWrapper('vision-python', { command: [join(folder, 'bin', 'python')], environment });
  const wheels = join(
    await aptUnpack({ name: 'pip', packages: ['python3-pip-whl'], tell }),
    'usr',
    'share',
    'python-wheels',
  );
  const wheel = join(wheels, (await readdir(wheels)).find((file) => file.startsWith('pip-')) ?? 'pip');
  await execa(visionPython, [join(wheel, 'pip'), 'install', '--quiet', wheel]);
}

/** A python3 of the host, or Debian's own, unpacked. */
async function findPython(tell: Tell): Promise<Python> {
  for (const name of ['python3', 'python3.13', 'python3.12', 'python3.11']) {
    const program = await onPath(name);
    if (program && (await canMakeEnvironments(program))) return { program, environment: {} };
  }
  const unpacked = await aptUnpack({ name: 'python3', packages: ['python3', 'libpython3-stdlib'], tell });
  const environment = { LD_LIBRARY_PATH: libraryFolders(unpacked).join(':') };
  return { program: join(unpacked, 'usr', 'bin', 'python3'), environment };
}

async function canMakeEnvironments(program: string): Promise<boolean> {
  if (!atLeast(versionIn(await ask(program, '--version')), versions.python.least)) return false;
  return !(await execa(program, ['-c', 'import venv, ssl, zipfile'], { reject: false })).failed;
}

/** The Python environment of the AI worker. */
export const vision: Tool = {
  name: 'vision-worker',
  purpose: 'AI worker (Python)',
  provides: ['vision-worker', 'vision-python'],
  get recipe() {
    return createHash('sha256').update(readFileSync(requirements)).digest('hex');
  },
  install: async (tell) => {
    tell('making the Python environment');
    const works = (await exists(visionPython)) && !(await execa(visionPython, ['-m', 'pip'], { reject: false })).failed;
    if (!works) await makeEnvironment(tell);
    tell('installing packages');
    const flags = ['--quiet', '--disable-pip-version-check', '--only-binary=:all:'];
    await execa(visionPython, ['-m', 'pip', 'install', ...flags, '-r', requirements]);
    await writeWrapper('vision-worker', {
      command: [visionPython, '-m', 'vision'],
      environment: { PYTHONPATH: join(root, 'workers', 'vision'), PYTHONUNBUFFERED: '1' },
    });
    return 'PyPI packages';
  },
};
