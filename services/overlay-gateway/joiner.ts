import type { Encoded } from './frame.ts';

interface Place {
  data: Buffer | undefined;
  next: Map<Encoded, Place> | undefined;
}

/** Joins what goes to a socket at once. Sockets that are sent the same are given the same buffer, joined once. */
export class Joiner {
  readonly #root: Place = { data: undefined, next: undefined };

  join(pieces: readonly Encoded[]): Buffer {
    let place = this.#root;
    for (const piece of pieces) {
      place.next ??= new Map();
      const next: Place = place.next.get(piece) ?? { data: undefined, next: undefined };
      place.next.set(piece, next);
      place = next;
    }
    place.data ??= pieces.length === 1 && pieces[0] ? pieces[0].data : Buffer.concat(pieces.map(({ data }) => data));
    return place.data;
  }
}
