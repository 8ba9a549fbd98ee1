import { SourceName } from '@sightline/contracts/detection';
import { cameraOf, identityOf } from '@sightline/contracts/rooms';
import { BackOff } from '@sightline/timing';
import { type RemoteParticipant, type RemoteTrack, type RemoteTrackPublication, Room, RoomEvent } from 'livekit-client';
import { pause } from '../api/pause.ts';
import { frameNames } from './frame-names.ts';
import { noSound } from './no-sound.ts';
import { type OnTrack, WantedPicture } from './wanted-picture.ts';

/** What the way to the media server is doing. */
export type RoomStatus = 'connecting' | 'connected' | 'interrupted' | 'unreachable' | 'denied';

/** What is known of one camera's picture in its room. */
export interface PictureStatus {
  room: RoomStatus;
  /** Whether the camera's stream stands in the room. */
  published: boolean;
  /** Whether it comes to us. */
  subscribed: boolean;
}

/** A picture that somebody wants. */
export interface Picture {
  status(): PictureStatus;
  /** Says which of the camera's sources serves best; the other does while that one is not there. */
  prefer(source: SourceName): void;
  /** Asks for the stream anew, when it stands in the room and yet nothing comes. */
  again(): void;
  stop(): void;
}

interface RoomSessionOptions {
  url: string;
  /** A fresh token for each connect; throws {@link MediaDenied} when there is no right to one. */
  token(): Promise<string>;
}

/** The right to a room was refused. */
export class MediaDenied extends Error {
  override name = 'MediaDenied';
}

/** Not of the standard, and not in lib.dom. */
type NamingConfiguration = RTCConfiguration & { encodedInsertableStreams: boolean };

/** With nobody looking, a room stays open this long, so that the next look is quick (ms). */
const lingerMs = 20_000;
const quickTries = 3;
const resume = { firstMs: 300, longestMs: 2_000 } as const;
/** After so long a connection whose frames are not named is looked at again, then after twice that, and so on (ms). */
const nameAfterMs = 10_000;

/**
 * One room of the media server, connected for as long as somebody wants a picture of it, and again for ever with a fresh
 * token each time. Only the pictures that are wanted are subscribed to.
 */
export class RoomSession {
  readonly #options: RoomSessionOptions;
  readonly #wanted = new Map<string, WantedPicture>();
  #status: RoomStatus = 'connecting';
  #room: Room | undefined;
  #running = false;
  #leave: ReturnType<typeof setTimeout> | undefined;

  constructor(options: RoomSessionOptions) {
    this.#options = options;
  }

  /** Whether pictures come this way: they do while signalling is away too. */
  get carries(): boolean {
    return this.#room !== undefined && carriesMedia(this.#room);
  }

  /** Asks for a camera's picture. */
  want(camera: string, source: SourceName, onTrack: OnTrack): Picture {
    const publications = (of?: SourceName) => this.#publicationsOf(camera, of);
    const picture = new WantedPicture({ source, onTrack, publications });
    this.#wanted.get(camera)?.end();
    this.#wanted.set(camera, picture);
    clearTimeout(this.#leave);
    if (!this.#running) void this.#run();
    picture.settle();
    return {
      status: () => this.#pictureStatus(camera),
      prefer: (preferred) => picture.prefer(preferred),
      again: () => void picture.again(),
      stop: () => this.#unwant(camera, picture),
    };
  }

  #unwant(camera: string, picture: WantedPicture): void {
    if (this.#wanted.get(camera) !== picture) return;
    this.#wanted.delete(camera);
    picture.end();
    this.#settle(camera);
    if (this.#wanted.size === 0) this.#leave = setTimeout(() => void this.#room?.disconnect(), lingerMs);
  }

  #publicationsOf(camera: string, source?: SourceName): RemoteTrackPublication[] {
    return (source ? [source] : SourceName.options).flatMap((each) => {
      const participant = this.#room?.remoteParticipants.get(identityOf(camera, each));
      return [...(participant?.videoTrackPublications.values() ?? [])];
    });
  }

  #pictureStatus(camera: string): PictureStatus {
    const publications = this.#publicationsOf(camera);
    return {
      room: this.#status,
      published: publications.length > 0,
      subscribed: publications.some(({ isSubscribed }) => isSubscribed),
    };
  }

  async #run(): Promise<void> {
    this.#running = true;
    const backOff = new BackOff({ firstMs: 300, longestMs: 5_000, healthyMs: 5_000 });
    while (this.#wanted.size > 0) {
      const startedAt = performance.now();
      await this.#connectOnce().catch((error: unknown) => {
        this.#status = error instanceof MediaDenied ? 'denied' : 'unreachable';
      });
      for (const picture of this.#wanted.values()) picture.lose();
      if (this.#wanted.size === 0) break;
      await pause(backOff.next({ heldMs: performance.now() - startedAt }));
    }
    this.#running = false;
  }

  /** Connects, and resolves when the connection has ended for good. */
  async #connectOnce(): Promise<void> {
    if (this.#status === 'connected' || this.#status === 'interrupted') this.#status = 'unreachable';
    const [token, named, audioContext] = await Promise.all([this.#options.token(), frameNames.ready(), noSound]);
    const room: Room = this.#listen(
      new Room({
        reconnectPolicy: { nextRetryDelayInMs: ({ retryCount }) => resumeAfter(room, retryCount) },
        webAudioMix: { audioContext },
      }),
      named,
    );
    const ended = new Promise<void>((resolve) => room.once(RoomEvent.Disconnected, () => resolve()));
    const stopNaming = named ? frameNames.onGiveUp(() => void room.disconnect()) : undefined;
    // Chromium shows a transform its frames only on connections that were made for it.
    const rtcConfig: NamingConfiguration = { encodedInsertableStreams: named };
    try {
      await room.connect(this.#options.url, token, { autoSubscribe: false, maxRetries: 0, rtcConfig });
      this.#room = room;
      this.#status = 'connected';
      for (const participant of room.remoteParticipants.values()) this.#settleFor(participant);
      if (this.#wanted.size === 0) await room.disconnect();
      if (!named) void this.#connectNamed(room);
      await ended;
    } finally {
      stopNaming?.();
      this.#room = undefined;
      await room.disconnect();
    }
  }

  /** Ends a connection whose frames cannot be named once another's can: a moment's dark for boxes on their frames all day. */
  async #connectNamed(room: Room): Promise<void> {
    for (let waitMs = nameAfterMs; frameNames.possible; waitMs *= 2) {
      await pause(waitMs);
      if (this.#room !== room) return;
      if (await frameNames.ready()) return room.disconnect();
    }
  }

  #listen(room: Room, named: boolean): Room {
    return room
      .on(RoomEvent.ParticipantConnected, (participant) => this.#settleFor(participant))
      .on(RoomEvent.ParticipantDisconnected, (participant) => this.#settleFor(participant))
      .on(RoomEvent.TrackPublished, (_publication, participant) => this.#settleFor(participant))
      .on(RoomEvent.TrackSubscribed, (track, _publication, participant) => {
        if (named) frameNames.attach(track.receiver);
        this.#settleFor(participant);
      })
      .on(RoomEvent.TrackUnsubscribed, (track, _publication, participant) => this.#hide(track, participant))
      .on(RoomEvent.Reconnecting, () => this.#mark(room, 'interrupted'))
      .on(RoomEvent.Reconnected, () => this.#mark(room, 'connected'));
  }

  #mark(room: Room, status: RoomStatus): void {
    if (this.#room === room) this.#status = status;
  }

  #settleFor({ identity }: RemoteParticipant, gone?: RemoteTrack): void {
    this.#settle(cameraOf(identity), gone);
  }

  /** A session that is resumed subscribes to all that was never said to be unwanted. */
  #settle(camera: string, gone?: RemoteTrack): void {
    const picture = this.#wanted.get(camera);
    if (picture) return picture.settle(gone);
    for (const publication of this.#publicationsOf(camera)) publication.setSubscribed(false);
  }

  /** A camera that publishes anew has its new track before the old one has gone: then the new one stays. */
  #hide(track: RemoteTrack, participant: RemoteParticipant): void {
    track.detach();
    frameNames.detach(track.receiver);
    this.#settleFor(participant, track);
  }
}

/**
 * How long to wait before signalling is tried again in the same session (ms); null to give the session up. Pictures do not
 * come by way of signalling: while the proxy or the sign-in is away they go on, and nothing that carries them is closed.
 */
function resumeAfter(room: Room, tries: number): number | null {
  if (tries >= quickTries && !carriesMedia(room)) return null;
  return Math.min(resume.firstMs * 1.5 ** tries, resume.longestMs);
}

function carriesMedia(room: Room): boolean {
  const publications = [...room.remoteParticipants.values()].flatMap((each) => [
    ...each.videoTrackPublications.values(),
  ]);
  const states = publications.map(({ track }) => track?.receiver?.transport?.iceTransport.state);
  return states.some((state) => state === 'connected' || state === 'completed');
}
