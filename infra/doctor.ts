import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { fixedPorts } from './embedded/ports.ts';
import { postgresPrograms } from './embedded/postgres.ts';
import { takenPorts } from './taken-ports.ts';
import { ask, versionIn } from './tools/find.ts';
import { installed, isInstalled, runtimeTools, testTools } from './tools/index.ts';
import { binFolder } from './tools/paths.ts';
import type { Tool } from './tools/tool.ts';

const help = `Says for each part whether it is there, in which version, and which ports are free.

  npm run doctor               ends with 1 when something is missing
`;

/** What a program says its version with, where that is not --version. */
const flags: Record<string, string> = { ffmpeg: '-version', caddy: 'version' };
/** Whose version stands for a part that has none. */
const speakers: Record<string, string> = { 'vision-worker': 'vision-python' };

type Mark = '✓' | '✗' | '·' | '!';
const line = (mark: Mark, name: string, text: string) => console.log(`  ${mark} ${name.padEnd(18)} ${text}`);

/** Tells of one tool; whether it is there. */
async function tellTool(
  tool: Tool,
  stamps: Awaited<ReturnType<typeof installed>>,
  optional: boolean,
): Promise<boolean> {
  if (await isInstalled(tool, stamps)) {
    const version = await versionOf(tool);
    line('✓', tool.name, `${version ? `${version}, ` : ''}${stamps[tool.name]?.from}   (${tool.purpose})`);
    return true;
  }
  const verb = optional ? 'npm run tools -- test' : 'npm run tools';
  const mend = optional
    ? `not there yet: the first test or bench fetches it, or ${verb}`
    : `missing: ${verb} fetches it`;
  line(optional ? '·' : '✗', tool.name, `${mend}   (${tool.purpose})`);
  return optional;
}

async function versionOf({ name, provides }: Tool): Promise<string | undefined> {
  const program = speakers[name] ?? provides[0];
  if (!program || name === 'camera-simulator') return undefined;
  return versionIn(await ask(join(binFolder, program), flags[name] ?? '--version'));
}

async function tellParts(): Promise<boolean> {
  console.log('Parts');
  line('✓', 'node', `${process.versions.node}, npm package   (runs the services)`);
  const postgres = versionIn(await ask(join(postgresPrograms(), 'postgres'), '--version'));
  if (postgres) line('✓', 'postgres', `${postgres}, npm package   (the log)`);
  else line('✗', 'postgres', 'cannot be run: remove node_modules, then npm start   (the log)');
  const stamps = await installed();
  let well = postgres !== undefined;
  for (const tool of runtimeTools) well = (await tellTool(tool, stamps, false)) && well;
  for (const tool of testTools) await tellTool(tool, stamps, true);
  return well;
}

async function tellPorts(): Promise<void> {
  console.log('\nPorts on 127.0.0.1');
  const { services, ...parts } = fixedPorts;
  const named = [
    ...Object.entries(parts),
    ...Object.entries(services).map(([name, ports]) => [name, ports[0] ?? 0] as const),
  ];
  const taken = new Map((await takenPorts(named.map(([, port]) => port))).map((found) => [found.port, found]));
  for (const [name, port] of named) {
    const found = taken.get(port);
    const state = !found
      ? 'free'
      : found.ours
        ? `in use by Sightline itself: ${found.by}`
        : `taken by ${found.by}: stop that before npm start`;
    line(!found || found.ours ? '✓' : '!', String(port), `${name.padEnd(18)} ${state}`);
  }
}

async function tellApt(): Promise<void> {
  const there = await access('/usr/bin/apt-get').then(
    () => true,
    () => false,
  );
  if (!there)
    line(
      '!',
      'apt',
      'not on this system: what is missing cannot be fetched; docker compose up runs the system from images',
    );
}

if (process.argv.includes('--help')) console.log(help);
else {
  const well = await tellParts();
  await tellApt();
  await tellPorts();
  process.exitCode = well ? 0 : 1;
}
