import { join } from 'node:path';
import { execa } from 'execa';
import { aptUnpack } from './tools/apt.ts';
import { libraryFolders, loaderOf } from './tools/multiarch.ts';
import { toolsFolder } from './tools/paths.ts';
import { Progress, SetupError } from './tools/progress.ts';

const root = join(import.meta.dirname, '..');
const progress = new Progress();

/** A compose that can read the file: docker's own plugin, else Debian's, unpacked below .tools. */
async function findCompose(tell: (detail: string) => void): Promise<string[]> {
  const docker = await execa('docker', ['compose', 'version'], { reject: false });
  if (!docker.failed) return ['docker', 'compose'];
  const folder = join(toolsFolder, 'docker-compose');
  const command = [
    loaderOf(folder),
    '--library-path',
    libraryFolders(folder).join(':'),
    `${folder}/usr/libexec/docker/cli-plugins/docker-compose`,
  ];
  const [program = '', ...rest] = command;
  if (!(await execa(program, [...rest, 'version'], { reject: false })).failed) return command;
  await aptUnpack({ name: 'docker-compose', packages: ['docker-compose'], suite: 'forky', tell });
  return command;
}

async function checkFile(): Promise<void> {
  await progress.step('docker-compose.yml', async (tell) => {
    const [program = '', ...rest] = await findCompose(tell);
    const { failed, all } = await execa(program, [...rest, '--profile', 'vision', 'config', '-q'], {
      cwd: root,
      all: true,
      reject: false,
    });
    if (failed) throw new SetupError(`compose refuses the file: ${all}`, 'mend docker-compose.yml where it says');
    return 'is what compose expects';
  });
}

try {
  await checkFile();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
