import { chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { binFolder } from './paths.ts';

interface WrapperOptions {
  /** Program and first arguments. */
  command: readonly string[];
  environment?: Record<string, string>;
}

/** Makes `.tools/bin/<name>`: a script that replaces itself by the program, so that signals and death reach that one. */
export async function writeWrapper(name: string, { command, environment = {} }: WrapperOptions): Promise<void> {
  const exports = Object.entries(environment).map(([key, value]) => `export ${key}=${quote(value)}\n`);
  const script = `#!/bin/sh\n${exports.join('')}exec ${command.map(quote).join(' ')} "$@"\n`;
  await mkdir(binFolder, { recursive: true });
  const path = join(binFolder, name);
  await writeFile(`${path}.new`, script);
  await chmod(`${path}.new`, 0o755);
  await rename(`${path}.new`, path);
}

const quote = (text: string) => (/^[\w./:=+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
