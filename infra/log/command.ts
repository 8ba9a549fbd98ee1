import type { ParseArgsOptionsConfig } from 'node:util';
import type { Pool } from 'pg';
import { SetupError } from '../tools/progress.ts';

/** What a subcommand is given. */
export interface Call {
  pool: Pool;
  /** Words after the subcommand's name. */
  words: string[];
  /** Its own options, as they were given. */
  options: Record<string, string | boolean | undefined>;
  /** Aborted by Ctrl-C or SIGTERM. */
  signal: AbortSignal;
  output: Output;
}

/** One subcommand of `npm run log`. */
export interface Command {
  /** One line for the list of all. */
  summary: string;
  help: string;
  options: ParseArgsOptionsConfig;
  run(call: Call): Promise<void>;
}

/** Where a command speaks: results on stdout, how far it is on a terminal's stderr. */
export interface Output {
  /** The result: `text` for people, or `value` as one line with --json. */
  result(value: unknown, text: string): void;
  /** How far it is; shown on a terminal only, and replaced by the next. */
  progress(text: string): void;
  /** Something that a person should know meanwhile. */
  note(text: string): void;
}

/** A command that cannot do what was asked, with what to do about it. */
export const Failure = SetupError;

/** An option with a number of at least `min`. Throws {@link Failure}. */
export function numberOption(options: Call['options'], name: string, { min }: { min: number }): number | undefined {
  const given = options[name];
  if (given === undefined) return undefined;
  const value = Number(given);
  if (given === '' || !Number.isSafeInteger(value) || value < min)
    throw new Failure(`Expected a whole number from ${min} as --${name}, got ${String(given)}.`, 'give such a number');
  return value;
}

/** An option with a text, if it was given. */
export const textOption = (options: Call['options'], name: string): string | undefined =>
  typeof options[name] === 'string' ? options[name] : undefined;
