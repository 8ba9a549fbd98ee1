import { parseArgs } from 'node:util';

/** How the value of a flag is written: a number above 0, words, or nothing at all. */
type Kind = 'number' | 'words' | 'switch';
type Value<Of extends Kind> = Of extends 'switch' ? boolean : (Of extends 'number' ? number : string[]) | undefined;

/** What a bench is told: every bench has `quick`, a small run that checks the measuring, not the figures. */
export type BenchOptions<Flags extends Record<string, Kind>> = { quick: boolean } & {
  [Flag in keyof Flags]: Value<Flags[Flag]>;
};

/**
 * Reads `--quick`, `--help` (prints and ends), and the flags of this bench: `--minutes=5` or `--minutes 5`, `--parts=a,b`.
 * A flag that nobody knows, or a value that cannot be, ends the process with 64 (EX_USAGE of sysexits.h).
 */
export function benchOptions<const Flags extends Record<string, Kind> = Record<never, Kind>>(
  help: string,
  flags?: Flags,
): BenchOptions<Flags> {
  const kinds: Record<string, Kind> = { quick: 'switch', help: 'switch', ...flags };
  const values = parse(kinds);
  if (values.help) {
    console.log(help);
    process.exit(0);
  }
  const read = Object.entries(kinds).map(([flag, kind]) => [flag, readValue(flag, kind, values[flag])]);
  return Object.fromEntries(read) as BenchOptions<Flags>;
}

/** Those of `all` that were asked for by name; all of them when none was. Throws when a name is none of theirs. */
export function chosenOf<Part>(
  all: readonly Part[],
  asked: readonly string[] | undefined,
  nameOf: (part: Part) => string,
): Part[] {
  const names = [...new Set(all.map(nameOf))];
  const wrong = asked?.find((each) => !names.includes(each));
  if (wrong !== undefined) throw new Error(`Expected parts among ${names.join(', ')}, got ${wrong}.`);
  return all.filter((part) => asked?.includes(nameOf(part)) ?? true);
}

function parse(kinds: Record<string, Kind>): Record<string, string | boolean | undefined> {
  const options = Object.fromEntries(
    Object.entries(kinds).map(([flag, kind]) => [flag, { type: kind === 'switch' ? 'boolean' : 'string' } as const]),
  );
  try {
    // The first word is the name of the bench.
    return parseArgs({ options, allowPositionals: true }).values as Record<string, string | boolean | undefined>;
  } catch (error) {
    const known = Object.keys(kinds).map((flag) => `--${flag}`);
    return misused(`${error instanceof Error ? error.message : error}\nThere are: ${known.join(', ')}.`);
  }
}

function readValue(flag: string, kind: Kind, value: string | boolean | undefined): Value<Kind> {
  if (kind === 'switch') return value === true;
  if (typeof value !== 'string') return undefined;
  if (kind === 'words') return value.split(',');
  return Number(value) > 0 ? Number(value) : misused(`Expected --${flag}=<a number above 0>, got ${value}.`);
}

function misused(message: string): never {
  console.error(message);
  process.exit(64);
}
