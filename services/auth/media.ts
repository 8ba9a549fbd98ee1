import { randomBytes } from 'node:crypto';
import { AccessToken, RoomServiceClient, ServerError, TokenVerifier } from 'livekit-server-sdk';

interface MediaOptions {
  url: string;
  key: string;
  secret: string;
}

interface Viewer {
  user: string;
  session: string;
}

/** A viewer in a room, under the name that his token gave him there. */
export interface Participant extends Viewer {
  room: string;
  identity: string;
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

  /** Everybody who watches now, room by room. */
  async viewers(): Promise<Participant[]> {
    const rooms = await this.#rooms.listRooms();
    return (await Promise.all(rooms.map(({ name }) => this.#viewersIn(name)))).flat();
  }

  /** Removes somebody from a room; whoever has left it meanwhile is out, too. */
  async remove({ room, identity }: Participant): Promise<void> {
    try {
      await this.#rooms.removeParticipant(room, identity);
    } catch (error) {
      if (!(error instanceof ServerError && error.code === 'not_found')) throw error;
    }
  }

  async #viewersIn(room: string): Promise<Participant[]> {
    const participants = await this.#rooms.listParticipants(room);
    return participants.flatMap(({ identity }) => {
      const viewer = viewerOf(identity);
      return viewer ? [{ room, identity, ...viewer }] : [];
    });
  }
}

/** Session ids are UUIDs, so that one user's identities never begin like another's. */
const identityOf = ({ user, session }: Viewer) => `viewer_${user}_${session}_`;

/** The viewer of an identity; undefined when it is another participant's, as the ingress is. */
function viewerOf(identity: string): Viewer | undefined {
  const [, user, session] = /^viewer_(.+)_([0-9a-f-]{36})_/.exec(identity) ?? [];
  return user !== undefined && session !== undefined ? { user, session } : undefined;
}
