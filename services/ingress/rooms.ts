import { type RoomServiceClient, TrackType } from 'livekit-server-sdk';

const freshMs = 1_000;

interface Listing {
  at: number;
  publishers: Promise<Set<string> | undefined>;
}

/** Who publishes a picture in which room, asked of LiveKit at most once a second a room. */
export class Rooms {
  readonly #client: Pick<RoomServiceClient, 'listParticipants'>;
  readonly #now: () => number;
  readonly #listings = new Map<string, Listing>();

  constructor(client: Pick<RoomServiceClient, 'listParticipants'>, now: () => number = () => performance.now()) {
    this.#client = client;
    this.#now = now;
  }

  /** Whether a video track of this identity stands in the room; undefined when the media server cannot be asked. */
  async has(room: string, identity: string): Promise<boolean | undefined> {
    const listing = this.#listings.get(room);
    const fresh = listing && this.#now() - listing.at < freshMs ? listing : this.#list(room);
    return (await fresh.publishers)?.has(identity);
  }

  #list(room: string): Listing {
    const publishers = this.#ask(room).catch(() => undefined);
    const listing = { at: this.#now(), publishers };
    this.#listings.set(room, listing);
    return listing;
  }

  async #ask(room: string): Promise<Set<string>> {
    const participants = await this.#client.listParticipants(room);
    const withPicture = participants.filter(({ tracks }) =>
      tracks.some(({ type, muted }) => type === TrackType.VIDEO && !muted),
    );
    return new Set(withPicture.map(({ identity }) => identity));
  }
}
