import type { DetectedObject } from '@sightline/contracts/detection';

/** More than any AI tells apart usefully: a worker that invents classes fills no menu. */
const mostClasses = 30;

/** The classes that were seen since the page was opened, for whoever chooses among them. */
export class SeenClasses {
  readonly #listeners = new Set<() => void>();
  #classes: readonly string[] = [];

  see(objects: readonly DetectedObject[]): void {
    for (const { class: name } of objects) {
      if (this.#classes.includes(name) || this.#classes.length >= mostClasses) continue;
      this.#classes = [...this.#classes, name].sort();
      for (const listener of this.#listeners) listener();
    }
  }

  /** In alphabetical order; the same array while nothing is new. */
  readonly list = (): readonly string[] => this.#classes;

  /** Calls back when a class is new; returns how to stop. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/** The classes that this page has seen. */
export const seenClasses = new SeenClasses();
