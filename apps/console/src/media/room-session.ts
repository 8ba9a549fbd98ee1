import type { SourceName } from '@sightline/contracts/detection';
import { cameraOf, identityOf } from '@sightline/contracts/rooms';
import { type RemoteParticipant, type RemoteTrack, type RemoteTrackPublication, Room, RoomEvent } from 'livekit-client';
import { backoff } from '../api/backoff.ts';
import { firstPicture } from './first-picture.ts';
import { frameNames } from './frame-names.ts';

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

/** Called with a camera's track when it comes or another takes its place, and with undefined when it goes. */
export type OnTrack = (track: RemoteTrack | undefined) => void;

interface RoomSessionOptions {
  url: string;
  /** A fresh token for each connect; throws {@link MediaDenied} when there is no right to one. */
  token(): Promise<string>;
}

interface Wanted {
  source: SourceName;
  onTrack: OnTrack;
  /** The track that was told last, and the one whose first picture is waited for. */
  shown?: RemoteTrack | undefined;
  awaited?: RemoteTrack | undefined;
  /** A publication that brought no picture when it was to take the place of another: done without for a while. */
  useless?: RemoteTrackPublication | undefined;
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
/** The media server takes note of a stop before it is asked to start again (ms). */
const settleMs = 300;
/** What brought no picture is tried again after that: it may have been the camera's doing (ms). */
const uselessMs = 60_000;

/**
 * One room of the media server, connected for as long as somebody wants a picture of it, and again for ever with a fresh
 * token each time. Only the pictures that are wanted are subscribed to, of each camera one source: both only from when
 * another is preferred until its first picture is there.
 */
export class RoomSession {
  readonly #options: RoomSessionOptions;
  readonly #wanted = new Map<string, Wanted>();
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
    const wanted: Wanted = { source, onTrack };
    this.#wanted.set(camera, wanted);
    clearTimeout(this.#leave);
    if (!this.#running) void this.#run();
    this.#settle(camera);
    return {
      status: () => this.#pictureStatus(camera),
      prefer: (preferred) => {
        if (preferred === wanted.source) return;
        wanted.source = preferred;
        this.#settle(camera);
      },
      again: () => this.#again(camera),
      stop: () => this.#unwant(camera, wanted),
    };
  }

  #unwant(camera: string, wanted: Wanted): void {
    if (this.#wanted.get(camera) !== wanted) return;
    this.#wanted.delete(camera);
    this.#settle(camera);
    if (this.#wanted.size === 0) this.#leave = setTimeout(() => void this.#room?.disconnect(), lingerMs);
  }

  #again(camera: string): void {
    for (const publication of this.#publicationsOf(camera)) publication.setSubscribed(false);
    setTimeout(() => this.#settle(camera), settleMs);
  }

  #publicationsOf(camera: string, sources: readonly SourceName[] = ['main', 'sub']): RemoteTrackPublication[] {
    return sources.flatMap((source) => {
      const participant = this.#room?.remoteParticipants.get(identityOf(camera, source));
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
    const pauses = backoff({ firstMs: 300, longestMs: 5_000 });
    while (this.#wanted.size > 0) {
      const startedAt = performance.now();
      await this.#connectOnce().catch((error: unknown) => {
        this.#status = error instanceof MediaDenied ? 'denied' : 'unreachable';
      });
      for (const wanted of this.#wanted.values()) this.#tell(wanted, undefined);
      if (this.#wanted.size === 0) break;
      const pauseMs = pauses.next(performance.now() - startedAt);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    this.#running = false;
  }

  /** Connects, and resolves when the connection has ended for good. */
  async #connectOnce(): Promise<void> {
    if (this.#status === 'connected' || this.#status === 'interrupted') this.#status = 'unreachable';
    const [token, named] = await Promise.all([this.#options.token(), frameNames.ready()]);
    const room: Room = this.#listen(
      new Room({ reconnectPolicy: { nextRetryDelayInMs: ({ retryCount }) => resumeAfter(room, retryCount) } }),
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
      await ended;
    } finally {
      stopNaming?.();
      this.#room = undefined;
      await room.disconnect();
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

  #settleFor({ identity }: RemoteParticipant): void {
    this.#settle(cameraOf(identity));
  }

  /** Subscribes to the source of a camera that serves best of those that are there, and shows it once it has a picture. */
  #settle(camera: string, gone?: RemoteTrack): void {
    const wanted = this.#wanted.get(camera);
    const chosen = wanted ? this.#choose(camera, wanted) : [];
    for (const publication of chosen) publication.setSubscribed(true);
    const others = this.#publicationsOf(camera).filter((each) => !chosen.includes(each));
    const best = trackOf(chosen, gone);
    const before = trackOf(others, gone);
    if (wanted && best && before && wanted.shown === before) return this.#change(camera, wanted, best);
    for (const publication of others) if (!wanted || best) publication.setSubscribed(false);
    if (wanted) this.#tell(wanted, best ?? before);
  }

  /** Those of the preferred source, or else all; one that brought no picture only where there is no other. */
  #choose(camera: string, { source, useless }: Wanted): RemoteTrackPublication[] {
    const all = this.#publicationsOf(camera);
    const useful = all.filter((publication) => publication !== useless);
    const preferred = this.#publicationsOf(camera, [source]).filter((publication) => publication !== useless);
    return [preferred, useful, all].find(({ length }) => length > 0) ?? [];
  }

  /** The picture that is shown stays until the better one has begun, which takes until its next key frame. */
  #change(camera: string, wanted: Wanted, track: RemoteTrack): void {
    if (wanted.awaited === track) return;
    wanted.awaited = track;
    void firstPicture(track).then((there) => {
      if (wanted.awaited !== track) return;
      wanted.awaited = undefined;
      if (this.#wanted.get(camera) !== wanted || trackOf(this.#choose(camera, wanted)) !== track) return;
      if (there) this.#tell(wanted, track);
      else this.#doWithout(camera, wanted, track);
      this.#settle(camera);
    });
  }

  #doWithout(camera: string, wanted: Wanted, useless: RemoteTrack): void {
    const publication = this.#publicationsOf(camera).find(({ track }) => track === useless);
    wanted.useless = publication;
    setTimeout(() => {
      if (wanted.useless !== publication || this.#wanted.get(camera) !== wanted) return;
      wanted.useless = undefined;
      this.#settle(camera);
    }, uselessMs);
  }

  #tell(wanted: Wanted, track: RemoteTrack | undefined): void {
    wanted.shown = track;
    wanted.onTrack(track);
  }

  /** A camera that publishes anew has its new track before the old one has gone: then the new one stays. */
  #hide(track: RemoteTrack, { identity }: RemoteParticipant): void {
    track.detach();
    frameNames.detach(track.receiver);
    this.#settle(cameraOf(identity), track);
  }
}

/** The newest track of those that have come. */
const trackOf = (publications: readonly RemoteTrackPublication[], gone?: RemoteTrack): RemoteTrack | undefined =>
  publications.findLast(({ track }) => track && track !== gone)?.track;

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
