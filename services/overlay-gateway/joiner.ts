import { Chain } from './chain.ts';

/** Joins what goes to a socket at once. Sockets that are sent the same are given the same buffer, joined once. */
export class Joiner {
  readonly #empty = new Chain<Buffer>();
  readonly #joined = new Map<Chain<Buffer>, Buffer>();

  join(messages: readonly Buffer[]): Buffer {
    if (messages.length === 1 && messages[0]) return messages[0];
    let chain = this.#empty;
    for (const message of messages) chain = chain.with(message);
    return this.#joined.getOrInsertComputed(chain, () => Buffer.concat(messages));
  }
}
