import type { SourceName } from '@sightline/contracts/detection';
import { endpoints } from '@sightline/contracts/http/index';
import type { CameraMessage } from '@sightline/contracts/overlay';
import type { RemoteTrack } from 'livekit-client';
import { call } from '../../api/call.ts';
import { type FrameMeter, meterFrames } from '../../media/frame-meter.ts';
import type { Way } from '../../media/hold-back.ts';
import { PictureAge } from '../../media/picture-age.ts';
import type { Picture, PictureStatus } from '../../media/room-session.ts';
import { wantPicture } from '../../media/rooms.ts';
import { Watching } from '../../media/watching.ts';
import { Layer } from '../../overlay/layer.ts';
import { Skew } from '../../overlay/skew.ts';
import { overlaySocket } from '../../overlay/socket.ts';
import { paused, type TileState, tileState } from './tile-state.ts';

/** What a tile shows of itself. */
export interface TileView {
  state: TileState;
  /** Pictures a second, as shown lately. */
  framesPerSecond: number;
  /** How old the picture is at least (ms), in steps; `undefined` while none is shown. */
  ageMs: number | undefined;
  /** Size of the picture in pixels, `1280×720`; empty before the first. */
  size: string;
  /** How boxes find their frames, and by how much the picture is held back for them; empty without boxes. */
  inTime: string;
  /** When the last new picture was shown, while none comes (ms since 1970). */
  lastPictureAt: number | undefined;
}

/** The view of a tile that has not been looked at yet. */
export const unseen: TileView = {
  state: { kind: 'connecting', text: 'Connecting', detail: '' },
  framesPerSecond: 0,
  ageMs: undefined,
  size: '',
  inTime: '',
  lastPictureAt: undefined,
};

interface TileSessionOptions {
  camera: string;
  area: string;
  video: HTMLVideoElement;
  /** What boxes are drawn over. */
  overlay: HTMLElement;
  onView(view: TileView): void;
}

const skew = new Skew((body) => call(endpoints.reportSkew, { body }));
const lookEveryMs = 500;
/** A stream that stands in the room and brings no picture for this long is asked for anew (ms). */
const askAgainMs = 12_000;
/** Age is told in steps: digits that never rest tell nobody anything (ms). */
const ageStepMs = 500;
/** A picture no wider than that (pixels of the screen) is as good from the sub stream, and much cheaper. */
const smallWidth = 720;
const away: PictureStatus = { room: 'connecting', published: false, subscribed: false };

/** Plays one camera with its boxes while its tile is watched, and says what the tile is. Outside React: it runs all day. */
export class TileSession {
  readonly layer: Layer;
  readonly #options: TileSessionOptions;
  readonly #watching: Watching;
  readonly #meter: FrameMeter;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #age: PictureAge;
  #stopWatching: (() => void) | undefined;
  #picture: Picture | undefined;
  #track: RemoteTrack | undefined;
  #feed: CameraMessage | undefined;
  /** Which source AI reads: boxes are exact on that one only. */
  #analysed: SourceName | undefined;
  #denied = false;
  #preferred: SourceName = 'main';
  #watchedSince = 0;
  #askedAt = 0;
  #kind: TileState['kind'] = unseen.state.kind;
  #told = '';

  constructor(options: TileSessionOptions) {
    const { video, overlay, camera } = options;
    this.#options = options;
    this.layer = new Layer({
      camera,
      host: overlay,
      video,
      onLate: (lateMs, at) => this.#watching.late(lateMs, at),
      onDrawn: ({ mode, carriedMs }) => mode && skew.add(camera, mode, carriedMs),
    });
    this.#watching = new Watching(this.layer);
    this.#age = new PictureAge(video);
    this.#meter = meterFrames({
      video,
      onPicture: (rtp, receivedAt) => {
        this.#watching.shown(rtp, receivedAt);
        if (rtp !== undefined) this.#age.shown(rtp, performance.now());
        if (this.#kind !== 'live') this.#say();
      },
      closely: () => this.#kind !== 'live' || this.#watching.closely,
    });
    this.#timer = setInterval(() => this.#look(), lookEveryMs);
  }

  /** Only a tile that is watched costs bandwidth. */
  set watched(watched: boolean) {
    if (watched === (this.#stopWatching !== undefined)) return;
    if (watched) this.#stopWatching = this.#watch();
    else this.#unwatch();
  }

  set way(way: Way) {
    this.#watching.way = way;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#unwatch();
    this.#meter.stop();
    this.#watching.stop();
    this.layer.stop();
  }

  #watch(): () => void {
    const { camera, area } = this.#options;
    this.#watchedSince = performance.now();
    this.#picture = wantPicture({ area, camera, source: this.#source }, (track) => this.#attach(track));
    return overlaySocket.follow(camera, {
      onDetection: (arrived) => {
        this.#analysed = arrived.detection.source;
        this.layer.add(arrived);
      },
      onCamera: (message) => {
        this.#feed = message;
        this.#denied = false;
      },
      onDenied: () => {
        this.#denied = true;
      },
    });
  }

  #unwatch(): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.#picture?.stop();
    this.#picture = undefined;
    this.#tell({ ...unseen, state: paused });
  }

  /** A small tile does with the sub stream, unless somebody wants boxes to be exact that are of the main one. */
  get #source(): SourceName {
    const width = this.#options.video.clientWidth * window.devicePixelRatio;
    const wantsMain = width > smallWidth || (this.layer.way === 'exact' && this.#analysed === 'main');
    // Behind a large tile it has no width, and keeps what it has.
    if (width > 0) this.#preferred = wantsMain ? 'main' : 'sub';
    return this.#preferred;
  }

  #attach(track: RemoteTrack | undefined): void {
    const { video } = this.#options;
    if (!track) return;
    this.#watching.track = track;
    if (track.attachedElements.includes(video)) return;
    this.#age.reset();
    // The last one is let go of before it ends: detaching it then would begin the element anew, black for a moment.
    if (this.#track) this.#track.attachedElements = [];
    this.#track = track;
    track.attach(video);
  }

  /** Looks twice a second, but not at what cannot show anything new: a hidden page, a tile behind a large one. */
  #look(): void {
    const now = performance.now();
    if (document.visibilityState !== 'visible' || !this.#options.video.checkVisibility()) this.#watchedSince = now;
    this.#watching.hold(now);
    this.#picture?.prefer(this.#source);
    if (now - this.#watchedSince < lookEveryMs / 2) return;
    void this.#age.sample(this.#meter.lastFrameAt, now);
    this.#say();
  }

  #say(): void {
    if (!this.#picture) return;
    const { video } = this.#options;
    const { lastFrameAt } = this.#meter;
    const now = performance.now();
    const picture = this.#picture.status();
    this.#heal(now, picture);
    const lagMs = Math.max(this.#age.lagMs, this.#feed?.lagMs ?? 0);
    const sameForMs = this.#age.sameForMs(now);
    const state = tileState({ ...this.#known(), picture, lastFrameAt, lagMs, sameForMs, now });
    this.#tell({
      state,
      framesPerSecond: Math.round(this.#meter.rate(now)),
      ageMs: lastFrameAt && Math.floor((now - lastFrameAt + lagMs) / ageStepMs) * ageStepMs,
      size: video.videoWidth ? `${video.videoWidth}×${video.videoHeight}` : '',
      inTime: state.kind === 'live' ? this.#watching.told : '',
      lastPictureAt: this.#lastPictureAt(state, now),
    });
  }

  /** When what can be seen was new; undefined while pictures come, or before the first. */
  #lastPictureAt({ kind }: TileState, now: number): number | undefined {
    const { lastFrameAt } = this.#meter;
    if (kind === 'live' || kind === 'lagging' || lastFrameAt === undefined) return undefined;
    const agoMs = kind === 'frozen' ? this.#age.sameForMs(now) : now - lastFrameAt;
    return Math.round((Date.now() - agoMs) / 1000) * 1000;
  }

  #known() {
    // Not timeOrigin and now: that clock stands still while a machine sleeps.
    const feed = this.#feed && {
      state: this.#feed.state,
      reason: this.#feed.reason.text,
      forMs: Date.now() - Date.parse(this.#feed.since),
    };
    return { feed, heard: overlaySocket.connected, denied: this.#denied, watchedSince: this.#watchedSince };
  }

  /** Whatever the media server has made of the question: a stream that is there and brings nothing is asked for again. */
  #heal(now: number, { published }: PictureStatus = away): void {
    const since = Math.max(this.#meter.lastFrameAt ?? 0, this.#watchedSince, this.#askedAt);
    if (!published || this.#feed?.state !== 'live' || now - since < askAgainMs) return;
    this.#askedAt = now;
    this.#picture?.again();
  }

  /** Tells only of what has changed. */
  #tell(view: TileView): void {
    const text = JSON.stringify(view);
    if (text === this.#told) return;
    this.#told = text;
    this.#kind = view.state.kind;
    this.#options.onView(view);
  }
}
