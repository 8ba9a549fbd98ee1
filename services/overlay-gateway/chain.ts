/**
 * Things one after the other. Who adds the same to the same chain is given the same chain, so that what is made of it is made
 * once, and a thousand sockets that are offered the same hold one list.
 */
export class Chain<Item> {
  readonly #before: Chain<Item> | undefined;
  readonly #last: Item | undefined;
  /** Most add what the one before them has added. */
  #latest: Chain<Item> | undefined;
  readonly #next = new Map<Item, Chain<Item>>();
  #items: readonly Item[] | undefined;

  /** An empty one, that others begin with. */
  constructor(before?: Chain<Item>, last?: Item) {
    this.#before = before;
    this.#last = last;
  }

  /** This one with one more at its end. */
  with(item: Item): Chain<Item> {
    if (this.#latest === undefined || this.#latest.#last !== item) this.#latest = this.#after(item);
    return this.#latest;
  }

  get items(): readonly Item[] {
    this.#items ??= this.#listed();
    return this.#items;
  }

  #after(item: Item): Chain<Item> {
    const known = this.#next.get(item);
    if (known) return known;
    const next = new Chain(this, item);
    this.#next.set(item, next);
    return next;
  }

  #listed(): Item[] {
    const items: Item[] = [];
    for (let at: Chain<Item> = this; at.#before; at = at.#before) items.push(at.#last as Item);
    return items.reverse();
  }
}
