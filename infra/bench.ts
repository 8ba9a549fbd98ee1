import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildConsole } from './console-build.ts';
import { ensureTools, runtimeTools, testTools } from './tools/index.ts';
import { Progress, SetupError } from './tools/progress.ts';

const folder = join(import.meta.dirname, '..', 'bench');
const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'lib' && entry.name !== 'node_modules')
  .map(({ name }) => name);
const [name = '', ...rest] = process.argv.slice(2);

if (!names.includes(name)) {
  console.error(`No such bench: ${name || '(none)'}. There are: ${names.join(', ')}.`);
  process.exit(64);
}
try {
  const progress = new Progress();
  if (!rest.includes('--help')) {
    await ensureTools([...runtimeTools, ...testTools], progress);
    await buildConsole(progress);
  }
  await import(join(folder, name, 'main.ts'));
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error);
  process.exit(1);
}
