import {
  type RemoteParticipant,
  type RemoteTrack,
  type RemoteTrackPublication,
  Room,
  RoomEvent,
  Track,
} from 'livekit-client';

/** Called with a camera's picture when it comes, and with undefined when it goes. */
export type OnPicture = (track: RemoteTrack | undefined) => void;

interface RoomSessionOptions {
  url: string;
  /** A fresh token for each connect. */
  token(): Promise<string>;
}

const firstPauseMs = 300;
const longestPauseMs = 5_000;

/**
 * One room of the media server, connected for as long as somebody wants a picture of it, and again for ever with a fresh
 * token each time. Only the pictures that are wanted are subscribed to.
 */
export class RoomSession {
  readonly #options: RoomSessionOptions;
  readonly #wanted = new Map<string, OnPicture>();
  #room: Room | undefined;
  #running = false;

  constructor(options: RoomSessionOptions) {
    this.#options = options;
  }

  /** Asks for a camera's picture; returns how to stop that. */
  want(camera: string, onPicture: OnPicture): () => void {
    this.#wanted.set(camera, onPicture);
    if (!this.#running) void this.#run();
    const participant = this.#room?.remoteParticipants.get(camera);
    if (participant) this.#subscribe(participant);
    return () => {
      if (this.#wanted.get(camera) !== onPicture) return;
      this.#wanted.delete(camera);
      for (const publication of this.#room?.remoteParticipants.get(camera)?.trackPublications.values() ?? [])
        publication.setSubscribed(false);
      if (this.#wanted.size === 0) void this.#room?.disconnect();
    };
  }

  async #run(): Promise<void> {
    this.#running = true;
    let pauseMs = firstPauseMs;
    while (this.#wanted.size > 0) {
      const started = performance.now();
      await this.#connected().catch(() => undefined);
      for (const onPicture of this.#wanted.values()) onPicture(undefined);
      pauseMs = performance.now() - started > 10_000 ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs);
      await new Promise((resolve) => setTimeout(resolve, pauseMs * (0.5 + Math.random() / 2)));
    }
    this.#running = false;
  }

  /** Connects, and resolves when the connection has ended for good. */
  async #connected(): Promise<void> {
    const room = new Room({
      adaptiveStream: false,
      dynacast: false,
      reconnectPolicy: { nextRetryDelayInMs: ({ retryCount }) => (retryCount < 3 ? 300 : null) },
    });
    room
      .on(RoomEvent.TrackPublished, (_publication, participant) => this.#subscribe(participant))
      .on(RoomEvent.TrackSubscribed, (track, _publication, participant) => this.#show(track, participant))
      .on(RoomEvent.TrackUnsubscribed, (track, _publication, participant) => this.#hide(track, participant));
    const ended = new Promise<void>((resolve) => room.once(RoomEvent.Disconnected, () => resolve()));
    try {
      await room.connect(this.#options.url, await this.#options.token(), { autoSubscribe: false });
      this.#room = room;
      for (const participant of room.remoteParticipants.values()) this.#subscribe(participant);
      if (this.#wanted.size === 0) await room.disconnect();
      await ended;
    } finally {
      this.#room = undefined;
      await room.disconnect();
    }
  }

  #subscribe(participant: RemoteParticipant): void {
    const wanted = this.#wanted.has(participant.identity);
    for (const publication of participant.trackPublications.values()) {
      if (publication.kind !== Track.Kind.Video) continue;
      if (wanted && publication.track) this.#show(publication.track, participant);
      (publication as RemoteTrackPublication).setSubscribed(wanted);
    }
  }

  #show(track: RemoteTrack, participant: RemoteParticipant): void {
    if (track.kind === Track.Kind.Video) this.#wanted.get(participant.identity)?.(track);
  }

  #hide(track: RemoteTrack, participant: RemoteParticipant): void {
    track.detach();
    this.#wanted.get(participant.identity)?.(undefined);
  }
}
