import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { aptUnpack } from './apt.ts';
import { ask, atLeast, onPath, versionIn } from './find.ts';
import { binFolder, cacheFolder, toolsFolder } from './paths.ts';
import { SetupError } from './progress.ts';

const leastGo = '1.26';

interface BuildOptions {
  /** Program to make, and the folder of its wrapper module below infra/tools/go, which pins it with every sum. */
  name: string;
  module: string;
  package: string;
  tell: (detail: string) => void;
}

/** Builds a Go program from its pinned module; a second clone takes it from the cache. */
export async function goBuild({ name, module, package: main, tell }: BuildOptions): Promise<void> {
  const folder = join(import.meta.dirname, 'go', module);
  const target = join(binFolder, name);
  const pins = await Promise.all(['go.mod', 'go.sum'].map((file) => readFile(join(folder, file))));
  const key = createHash('sha256')
    .update(Buffer.concat(pins))
    .update(`${main} ${process.arch}`)
    .digest('hex')
    .slice(0, 24);
  const cached = await cacheFolder('built').then((cache) => cache && join(cache, `${name}-${key}`));
  await mkdir(binFolder, { recursive: true });
  if (
    cached &&
    (await copyFile(cached, target).then(
      () => true,
      () => false,
    ))
  )
    return;
  const go = await ensureGo(tell);
  tell('downloading modules and compiling (a minute or two)');
  try {
    await execa('nice', [go, 'build', '-trimpath', '-ldflags', '-s -w', '-o', target, main], {
      cwd: folder,
      env: { CGO_ENABLED: '0', GOFLAGS: '-mod=mod -buildvcs=false', GOTOOLCHAIN: 'auto' },
      all: true,
    });
  } catch (error) {
    throw new SetupError(
      `Go could not build ${name}: ${String(error).split('\n').slice(0, 6).join(' ')}`,
      'check that the Go module proxy can be reached (go env GOPROXY), then run the same command again',
      { cause: error },
    );
  }
  if (cached) await copyFile(target, `${cached}.new`).then(() => rename(`${cached}.new`, cached));
}

let toolchain: Promise<string> | undefined;

function ensureGo(tell: (detail: string) => void): Promise<string> {
  toolchain ??= findGo(tell);
  return toolchain;
}

async function findGo(tell: (detail: string) => void): Promise<string> {
  const found = await onPath('go');
  if (found && atLeast(versionIn(await ask(found, 'version')), leastGo)) return found;
  const unpacked = join(toolsFolder, 'go-toolchain');
  const program = join(unpacked, 'usr', 'lib', 'go', 'bin', 'go');
  if (atLeast(versionIn(await ask(program, 'version').catch(() => '')), leastGo)) return program;
  tell('fetching Go');
  await aptUnpack({ name: 'go-toolchain', packages: ['golang-go', 'golang-src'], suite: 'forky', tell });
  return program;
}
