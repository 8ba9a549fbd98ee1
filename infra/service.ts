import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { serviceNames } from '@sightline/contracts';
import { nodeEnvironment, nodeFlags } from './node-memory.ts';

const [name = '', ...rest] = process.argv.slice(2);
const usage = `Runs one service alone, from its environment.

  npm run service -- <name>    ${serviceNames.join(', ')}

What it reads stands in services/<name>/config.ts; what is missing is named at the start.
`;

if (name === '--help') console.log(usage);
else if (!serviceNames.some((known) => known === name)) {
  console.error(`No such service: ${name || '(none)'}.\n\n${usage}`);
  process.exit(64);
} else {
  const main = join(import.meta.dirname, '..', 'services', name, 'main.ts');
  const child = spawn(process.execPath, [...nodeFlags, main, ...rest], {
    stdio: 'inherit',
    env: { ...process.env, ...nodeEnvironment },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
}
