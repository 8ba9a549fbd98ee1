import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isForOthers } from './typing.ts';

/** Something of the page that stands, or does not, in something that has keys of its own. */
class Part {
  readonly #own: boolean;
  constructor(own: boolean) {
    this.#own = own;
  }
  closest() {
    return this.#own ? this : null;
  }
}
Object.assign(globalThis, { Element: Part });

test('a key is for whoever types, and for whoever has taken it', () => {
  const told = (own: boolean, taken: boolean) =>
    isForOthers({ target: new Part(own), defaultPrevented: taken } as unknown as KeyboardEvent);
  assert.deepEqual([told(true, false), told(false, true), told(false, false)], [true, true, false]);
});
