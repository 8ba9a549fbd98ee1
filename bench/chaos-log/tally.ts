import { fsyncSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';

/** An id and its end of line. */
const entryBytes = 37;

/** Ids in a file of their own, outside of every database; on disk before `add` returns. */
export class Tally {
  readonly #path: string;
  readonly #file: number;

  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(path, 'a');
  }

  add(ids: readonly string[]): void {
    writeSync(this.#file, ids.map((id) => `${id}\n`).join(''));
    fsyncSync(this.#file);
  }

  /** Adds one without waiting for the disk: it outlives the process, not the machine. */
  note(id: string): void {
    writeSync(this.#file, `${id}\n`);
  }

  ids(): string[] {
    return idsIn(this.#path);
  }
}

export const idsIn = (path: string): string[] => readFileSync(path, 'utf8').split('\n').slice(0, -1);

/** How many ids a tally has, without reading it. */
export const countIn = (path: string): number =>
  Math.floor((statSync(path, { throwIfNoEntry: false })?.size ?? 0) / entryBytes);
