/** After this long without a word, what was last said is not the truth any more (ms). */
export const silentAfterMs = 15_000;

/** Something said, and when this process heard it: no two clocks are compared. */
export interface Heard<Said> {
  said: Said;
  at: number;
}

/** What others say of themselves every few seconds, by who they are. */
export class Hearsay<Said extends { at: string }> {
  readonly #all = new Map<string, Heard<Said>>();
  readonly #now: () => number;

  /** `now`: this process's own clock (ms). */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** After a reconnect all is read again: what was known already has not been heard now. */
  hear(who: string, said: Said): void {
    if (this.#all.get(who)?.said.at !== said.at) this.#all.set(who, { said, at: this.#now() });
  }

  forget(who: string): void {
    this.#all.delete(who);
  }

  /** The last word of somebody, if there was one. */
  of(who: string): Heard<Said> | undefined {
    return this.#all.get(who);
  }

  entries(): Iterable<[who: string, heard: Heard<Said>]> {
    return this.#all.entries();
  }

  /** Whether something was said lately enough to be the truth still. */
  isFresh({ at }: Heard<Said>): boolean {
    return this.#now() - at < silentAfterMs;
  }
}
