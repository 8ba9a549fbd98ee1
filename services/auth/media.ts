import { randomBytes } from 'node:crypto';
import { AccessToken, RoomServiceClient, TokenVerifier } from 'livekit-server-sdk';

interface MediaOptions {
  url: string;
  key: string;
  secret: string;
}

interface Viewer {
  user: string;
  session: string;
}

const lifetimeSeconds = 600;

/** Tokens of the media server for viewers. A room is an area; viewers are hidden, see, and send nothing. */
export class Media {
  readonly #options: MediaOptions;
  readonly #rooms: RoomServiceClient;
  readonly #verifier: TokenVerifier;

  constructor(options: MediaOptions) {
    this.#options = options;
    this.#rooms = new RoomServiceClient(options.url, options.key, options.secret, { requestTimeout: 3 });
    this.#verifier = new TokenVerifier(options.key, options.secret);
  }

  /** A token for one room, good for connects within ten minutes; each is admitted by the rights of then. */
  async grant(viewer: Viewer, room: string): Promise<{ token: string; expiresAt: Date }> {
    const { key, secret } = this.#options;
    const identity = `${identityOf(viewer)}${randomBytes(6).toString('hex')}`;
    const token = new AccessToken(key, secret, { identity, ttl: lifetimeSeconds });
    token.addGrant({
      room,
      roomJoin: true,
      hidden: true,
      canSubscribe: true,
      canPublish: false,
      canPublishData: false,
      canUpdateOwnMetadata: false,
    });
    return { token: await token.toJwt(), expiresAt: new Date(Date.now() + lifetimeSeconds * 1000) };
  }

  /** The room that a token lets this viewer into; undefined when it is no good or somebody else's. */
  async roomOf(token: string, viewer: Viewer): Promise<string | undefined> {
    try {
      const claims = await this.#verifier.verify(token);
      return claims.sub?.startsWith(identityOf(viewer)) ? claims.video?.room : undefined;
    } catch {
      return undefined;
    }
  }

  /** Puts a user's viewers out of every room, or of those that he may no longer see. */
  async expel(user: string, maySee: (room: string) => boolean): Promise<number> {
    const rooms = (await this.#rooms.listRooms()).map(({ name }) => name).filter((name) => !maySee(name));
    const counts = await Promise.all(
      rooms.map((room) => this.#expelFrom(room, new RegExp(`^viewer_${user}_[0-9a-f-]{36}_`))),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** Puts the viewers of one session out of every room. */
  async expelSession(viewer: Viewer): Promise<void> {
    const rooms = await this.#rooms.listRooms();
    await Promise.all(rooms.map(({ name }) => this.#expelFrom(name, new RegExp(`^${identityOf(viewer)}`))));
  }

  async #expelFrom(room: string, who: RegExp): Promise<number> {
    const participants = await this.#rooms.listParticipants(room);
    const leaving = participants.filter(({ identity }) => who.test(identity));
    await Promise.all(leaving.map(({ identity }) => this.#rooms.removeParticipant(room, identity)));
    return leaving.length;
  }
}

/** Session ids are UUIDs, so that one user's identities never begin like another's. */
const identityOf = ({ user, session }: Viewer) => `viewer_${user}_${session}_`;
