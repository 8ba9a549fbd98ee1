import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { aptUnpack } from './apt.ts';
import { ask, atLeast, onPath, versionIn } from './find.ts';
import { binFolder, cacheFolder, toolsFolder } from './paths.ts';
import { SetupError } from './progress.ts';

const leastGo = '1.26';
const environment = { CGO_ENABLED: '0', GOFLAGS: '-mod=mod -buildvcs=false -trimpath', GOTOOLCHAIN: 'auto' };

interface BuildOptions {
  /** Program to make, and the folder of its module: our own, or a wrapper that pins somebody else's with every sum. */
  name: string;
  folder: string;
  package: string;
  tell: (detail: string) => void;
}

/** Builds a Go program from its pinned module; a second clone takes it from the cache. */
export async function goBuild({ name, folder, package: main, tell }: BuildOptions): Promise<void> {
  const target = join(binFolder, name);
  const key = await moduleKey(folder, `${main} ${process.arch}`);
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
    await execa('nice', [go, 'build', '-ldflags', '-s -w', '-o', target, main], {
      cwd: folder,
      env: environment,
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

/** Looks at one of our own modules and runs its tests; throws what they say. */
export async function goCheck(folder: string, tell: (detail: string) => void): Promise<void> {
  const go = await ensureGo(tell);
  for (const command of ['vet', 'test']) {
    tell(`go ${command}`);
    await execa(go, [command, './...'], { cwd: folder, env: environment, stdio: ['ignore', 'inherit', 'inherit'] });
  }
}

/** Names what a module builds to: its pins, its own sources, and `more`. */
export async function moduleKey(folder: string, more: string): Promise<string> {
  const files = (await readdir(folder)).filter((file) => /^go\.(mod|sum)$|(?<!_test)\.go$/.test(file)).sort();
  const contents = await Promise.all(files.map((file) => readFile(join(folder, file))));
  return createHash('sha256').update(Buffer.concat(contents)).update(more).digest('hex').slice(0, 24);
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
