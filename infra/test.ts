import { globSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { buildConsole } from './console-build.ts';
import { watchParent } from './parent.ts';
import { ensureTools, runtimeTools, testTools } from './tools/index.ts';
import { visionPython } from './tools/parts/python.ts';
import { Progress, SetupError } from './tools/progress.ts';

const help = `Checks everything: what CI calls.

  npm test                     lint, types, contracts, unit tests, real-stack tests
  npm test -- --quick          without what needs the real parts
  npm test -- tests/rights     only these real-stack tests, and nothing before them
`;

const root = join(import.meta.dirname, '..');
const bin = (name: string) => join(root, 'node_modules', '.bin', name);
const words = process.argv.slice(2);
const paths = words.filter((word) => !word.startsWith('--'));
const progress = new Progress();
/** A file that takes longer hangs: it fails by its name, instead of holding up everything behind it. */
const longestFileMs = 300_000;

interface Stage {
  name: string;
  command: readonly [string, ...string[]];
}

const unit = [
  'libs/**/*.test.ts',
  'services/**/*.test.ts',
  'infra/**/*.test.ts',
  'apps/**/*.test.ts',
  'bench/**/*.test.ts',
];
/** What watches pictures move has the machine for itself; what shows them goes two at once; the others mostly wait, and go three at once. */
const watching = ['bench/chaos-events', 'bench/chaos-heal', 'end-to-end/states', 'end-to-end/wall', 'sync', 'vision'];
const showing = ['bench/pictures', 'bench/soak', 'end-to-end/cameras', 'end-to-end/pages', 'end-to-end/trace', 'start'];
const isOf = (places: readonly string[]) => (file: string) =>
  places.some((place) => file.startsWith(join('tests', place)));
const stacks =
  paths.length > 0
    ? paths.map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.test.ts`))
    : globSync('tests/**/*.test.ts', { cwd: root }).sort();

const onStacks = (name: string, files: readonly string[], atOnce: number): Stage => ({
  name,
  command: [
    process.execPath,
    '--import',
    './infra/end-with-parent.ts',
    '--test',
    `--test-concurrency=${atOnce}`,
    `--test-timeout=${longestFileMs}`,
    ...files,
  ],
});

const quick: Stage[] = [
  { name: 'lint', command: [bin('biome'), 'check', '--error-on-warnings', '.'] },
  { name: 'types', command: [bin('tsc'), '-p', 'tsconfig.json'] },
  { name: 'types of tests and benches', command: [bin('tsc'), '-p', 'tests/tsconfig.json'] },
  { name: 'types of the console', command: [bin('tsc'), '-p', 'apps/console/tsconfig.json'] },
  { name: 'contracts are current', command: [process.execPath, 'libs/contracts/generate.ts', '--check'] },
  { name: 'unit tests', command: [process.execPath, '--test', ...unit] },
];
const real: Stage[] = [
  {
    name: 'AI worker',
    command: [visionPython, '-m', 'unittest', 'discover', '-s', 'workers/vision/tests', '-t', 'workers/vision'],
  },
  { name: 'pass-through (Go)', command: [process.execPath, 'infra/go-check.ts'] },
  { name: 'docker compose file', command: [process.execPath, 'infra/compose-check.ts', '--config-only'] },
  onStacks(
    'real-stack tests, three at once',
    stacks.filter((file) => !isOf([...showing, ...watching])(file)),
    3,
  ),
  onStacks('real-stack tests that show pictures, two at once', stacks.filter(isOf(showing)), 2),
  onStacks('real-stack tests that watch pictures, one at a time', stacks.filter(isOf(watching)), 1),
];

async function run({ name, command: [program, ...args] }: Stage): Promise<void> {
  console.log(`\n▸ ${name}`);
  const started = Date.now();
  const { failed } = await execa('setpriv', ['--pdeathsig', 'KILL', '--', program, ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    reject: false,
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  if (failed)
    throw new SetupError(
      `✗ ${name} failed after ${seconds} s`,
      `mend what it says above, then run this stage alone: ${[program, ...args].join(' ')}`,
    );
  console.log(`✓ ${name} (${seconds} s)`);
}

async function main(): Promise<void> {
  const started = Date.now();
  const needsParts = !words.includes('--quick');
  // Parts come from the network while the processor checks what needs none.
  const parts = needsParts ? ensureTools([...runtimeTools, ...testTools], progress) : undefined;
  parts?.catch(() => undefined);
  if (paths.length === 0) for (const stage of quick) await run(stage);
  if (needsParts) {
    console.log('\n▸ real parts');
    await parts;
    await buildConsole(progress);
    for (const stage of paths.length > 0 ? [onStacks('real-stack tests', stacks, 1)] : real) await run(stage);
  }
  console.log(`\nAll is well (${((Date.now() - started) / 1000).toFixed(0)} s).`);
}

if (words.includes('--help')) console.log(help);
else {
  watchParent(() => process.exit(1));
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? `\n${error.message}` : error);
    process.exitCode = 1;
  });
}
