import { join } from 'node:path';
import { execa } from 'execa';
import { ensureBaseImages } from './compose/base-images.ts';
import { findEngine } from './compose/engine.ts';
import { buildImages, checkHealth, tryImages } from './compose/images.ts';
import { watchParent } from './parent.ts';
import { aptUnpack } from './tools/apt.ts';
import { ensureTools, runtimeTools } from './tools/index.ts';
import { loaderCommand } from './tools/multiarch.ts';
import { toolsFolder } from './tools/paths.ts';
import { Progress, SetupError } from './tools/progress.ts';

const root = join(import.meta.dirname, '..');
const progress = new Progress();

/** A compose that can read the file: docker's own plugin, else Debian's, unpacked below .tools. */
async function findCompose(tell: (detail: string) => void): Promise<string[]> {
  const docker = await execa('docker', ['compose', 'version'], { reject: false });
  if (!docker.failed) return ['docker', 'compose'];
  const folder = join(toolsFolder, 'docker-compose');
  const command = [...loaderCommand(folder), `${folder}/usr/libexec/docker/cli-plugins/docker-compose`];
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

const help = `Checks docker-compose.yml and the Dockerfile.

  npm run compose:check                    builds every image and runs each service in it until it answers /health
  npm run compose:check -- --config-only   only whether compose takes the file
`;

async function checkImages(): Promise<void> {
  await ensureTools(runtimeTools, progress);
  const by = await findEngine();
  progress.say(`Images are built and run by ${by.name}.`);
  await progress.step('base images', (tell) => ensureBaseImages(by, tell));
  await progress.step('Dockerfile', (tell) => buildImages(by, tell));
  await progress.step('images', () => tryImages(by));
  await progress.step('health', (tell) => checkHealth(by, tell));
}

async function main(): Promise<void> {
  await checkFile();
  if (!process.argv.includes('--config-only')) await checkImages();
}

if (process.argv.includes('--help')) console.log(help);
else {
  watchParent(() => process.exit(1));
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
