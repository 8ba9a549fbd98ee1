import { join } from 'node:path';
import { fixedPorts } from './embedded/ports.ts';
import { takenPorts } from './taken-ports.ts';
import { ask, versionIn } from './tools/find.ts';
import { installed, isInstalled, runtimeTools, testTools } from './tools/index.ts';
import { binFolder } from './tools/paths.ts';
import type { Tool } from './tools/tool.ts';

const flags: Record<string, string> = { ffmpeg: '-version', caddy: 'version' };

async function describe(
  tool: Tool,
  stamps: Awaited<ReturnType<typeof installed>>,
  optional: boolean,
): Promise<boolean> {
  const there = await isInstalled(tool, stamps);
  const [program] = tool.provides;
  const version =
    there && program && tool.provides.length > 0
      ? versionIn(await ask(join(binFolder, program), flags[tool.name] ?? '--version'))
      : undefined;
  const state = there
    ? `${version ?? 'there'}, from ${stamps[tool.name]?.from}`
    : optional
      ? 'fetched by the first test or bench'
      : 'missing: npm start or npm run tools fetches it';
  console.log(`  ${there ? '✓' : optional ? '·' : '✗'} ${tool.name.padEnd(18)} ${state}   (${tool.purpose})`);
  return there || optional;
}

console.log(`Node ${process.version} runs the services.\n\nParts`);
const stamps = await installed();
let well = true;
for (const tool of runtimeTools) well = (await describe(tool, stamps, false)) && well;
for (const tool of testTools) await describe(tool, stamps, true);

console.log('\nPorts on 127.0.0.1');
const { services, ...parts } = fixedPorts;
const named = [
  ...Object.entries(parts),
  ...Object.entries(services).map(([name, ports]) => [name, ports[0] ?? 0] as const),
];
const taken = new Map((await takenPorts(named.map(([, port]) => port))).map(({ port, by }) => [port, by]));
for (const [name, port] of named) {
  const by = taken.get(port);
  console.log(
    `  ${by ? '!' : '✓'} ${String(port).padEnd(6)} ${name.padEnd(18)} ${by ? `taken by ${by}: stop that, if it is not Sightline itself` : 'free'}`,
  );
}
process.exitCode = well ? 0 : 1;
