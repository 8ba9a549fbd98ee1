import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serviceNames } from '@sightline/contracts';

/** Runs one service in a container, with the environment that `setup` laid into its own volume. */
const [name = ''] = process.argv.slice(2);
if (!serviceNames.some((known) => known === name)) {
  console.error(`Expected one of ${serviceNames.join(', ')}, got ${name || 'nothing'}.`);
  process.exit(64);
}
const environment: Record<string, string> = JSON.parse(await readFile('/run/sightline/environment.json', 'utf8'));
Object.assign(process.env, environment);
await import(join(import.meta.dirname, '..', '..', 'services', name, 'main.ts'));
