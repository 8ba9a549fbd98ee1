import { parseArgs } from 'node:util';
import { type Command, Failure } from './command.ts';
import { openDatabase } from './database.ts';
import { exporting } from './export.ts';
import { explain } from './failures.ts';
import { importing } from './import.ts';
import { openOutput } from './output.ts';
import { parked } from './parked.ts';
import { rebuild } from './rebuild.ts';
import { seal } from './seal.ts';
import { stats } from './stats.ts';
import { tail } from './tail.ts';
import { verify } from './verify.ts';

const commands: Record<string, Command> = {
  tail,
  stats,
  verify,
  seal,
  export: exporting,
  import: importing,
  parked,
  rebuild,
};

const help = `The event log from the command line.

${Object.entries(commands)
  .map(([name, { summary }]) => `  npm run log -- ${name.padEnd(10)} ${summary}`)
  .join('\n')}

Each takes --help, and --json for one line of JSON instead of text. The database is that of npm start, or the one that
DATABASE_URL in the environment names (its owner's).
`;

const common = { help: { type: 'boolean' }, json: { type: 'boolean' } } as const;

async function main(name = '', words: string[]): Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    const asked = name === '' || name === '--help';
    (asked ? console.log : console.error)(asked ? help : `No such command: ${name}.\n\n${help}`);
    return asked ? 0 : 64;
  }
  const { values, positionals } = parse(command, words);
  if (values.help) {
    console.log(command.help);
    return 0;
  }
  await carryOut(command, positionals, values);
  return Number(process.exitCode ?? 0);
}

function parse({ options, help: usage }: Command, args: string[]) {
  try {
    return parseArgs({ args, options: { ...options, ...common }, allowPositionals: true });
  } catch (error) {
    throw new Failure(error instanceof Error ? error.message : String(error), `see how it is used:\n\n${usage}`);
  }
}

async function carryOut(command: Command, words: string[], options: Record<string, unknown>): Promise<void> {
  const ended = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.abort());
  const pool = await openDatabase();
  const output = openOutput({ json: options.json === true });
  try {
    const given = options as Record<string, string | boolean | undefined>;
    await command.run({ pool, words, options: given, signal: ended.signal, output });
  } finally {
    output.end();
    await pool.end();
  }
}

function tell(error: unknown): void {
  const explained = explain(error);
  const text = explained instanceof Failure ? explained.message : String(error instanceof Error ? error.stack : error);
  if (process.argv.includes('--json')) console.log(JSON.stringify({ error: text }));
  else console.error(text);
}

const [name, ...words] = process.argv.slice(2);
try {
  process.exitCode = await main(name, words);
} catch (error) {
  tell(error);
  process.exitCode = 1;
}
