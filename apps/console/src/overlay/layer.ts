import type { Way } from '../media/hold-back.ts';
import { currentPicture } from '../media/video-frame.ts';
import { seenClasses } from './classes.ts';
import { coverOf } from './cover.ts';
import { contain } from './fit.ts';
import { InTime, type InTimeView, type OnLate } from './in-time.ts';
import { atNextFrame } from './loop.ts';
import { marksOf } from './mark.ts';
import { Surface } from './surface.ts';
import type { Arrived } from './timing.ts';
import { traceDraw } from './trace.ts';
import { Trails } from './trails.ts';

interface LayerOptions {
  camera: string;
  /** What the canvas fills: as large as the video, and over it. */
  host: HTMLElement;
  video: HTMLVideoElement;
  onLate?: OnLate;
  /** Told once a displayed picture that has boxes on it. */
  onDrawn?: (view: InTimeView) => void;
}

/** What a person wants to see on the pictures. */
export interface Shown {
  boxes: boolean;
  labels: boolean;
  tracks: boolean;
  /** Classes of which nothing is drawn. */
  hidden: readonly string[];
  /** Classes whose part of the picture is made unrecognisable. */
  blurred: readonly string[];
}

const none: InTimeView = { mode: undefined, errorMs: 0, objects: [], covers: [], carriedMs: 0 };

/** What has no frame of its own goes by itself: looked at this often while there are boxes (ms). */
const lookAgainMs = 200;

/**
 * The canvas over one picture. Draws at most once a frame of the display, and only when something is new; without boxes it
 * is hidden, so that nothing is composed over the picture. In the exact way the picture itself is painted on it too: a
 * compositor may show video and canvas a frame apart, one canvas it cannot.
 */
export class Layer {
  readonly #inTime: InTime;
  readonly #options: LayerOptions;
  readonly #surface: Surface;
  readonly #sizes: ResizeObserver;
  readonly #trails = new Trails();
  readonly #draw = (now: number) => this.#drawNow(now);
  #shown: Shown = { boxes: true, labels: true, tracks: false, hidden: [], blurred: [] };
  #way: Way = 'live';
  #rtpTimestamp: number | undefined;
  #size = { width: 0, height: 0 };
  #blank = true;
  #stopped = false;
  #again: ReturnType<typeof setTimeout> | undefined;
  #drawnAt = 0;
  #counted: number | undefined;
  #untraced: Arrived[] = [];
  view: InTimeView = none;

  constructor(options: LayerOptions) {
    this.#options = options;
    this.#inTime = new InTime(options.onLate);
    this.#surface = new Surface(options.host);
    this.#surface.canvas.style.visibility = 'hidden';
    this.#sizes = new ResizeObserver(([entry]) => {
      if (entry) this.#size = { width: entry.contentRect.width, height: entry.contentRect.height };
      this.#wake();
    });
    this.#sizes.observe(options.host);
  }

  /** What finds each box its frame. */
  get inTime(): Pick<InTime, 'addFrames' | 'restart'> {
    return this.#inTime;
  }

  /** What is drawn of what AI sees. */
  set shown(shown: Shown) {
    this.#shown = shown;
    this.#wake();
  }

  get shown(): Shown {
    return this.#shown;
  }

  get way(): Way {
    return this.#way;
  }

  set way(way: Way) {
    this.#way = way;
    this.#wake();
  }

  /** RTP time of the picture that is shown now. */
  set rtpTimestamp(rtp: number | undefined) {
    this.#rtpTimestamp = rtp;
    this.#wake();
  }

  /** The first box waits for the next picture: which one is shown now is looked at closely only while there are boxes. */
  add(arrived: Arrived): void {
    const closely = this.wanted;
    this.#inTime.add(arrived);
    seenClasses.see(arrived.detection.objects);
    if (arrived.traceparent) this.#untraced.push(arrived);
    if (closely) this.#wake();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#again);
    this.#sizes.disconnect();
    this.#surface.close();
  }

  /** Whether somebody sends boxes, and somebody wants to see them. */
  get wanted(): boolean {
    const { boxes, tracks, blurred } = this.#shown;
    return this.#inTime.heard && (boxes || tracks || blurred.length > 0);
  }

  #wake(): void {
    if (this.#stopped) return;
    if (this.wanted || !this.#blank || this.#untraced.length > 0) atNextFrame(this.#draw);
  }

  #drawNow(now: number): void {
    if (this.#way === 'exact' && this.wanted) this.#paintBoth(now);
    else this.#paint(now, this.#rtpTimestamp);
    this.#say();
    this.#drawnAt = now;
    if (this.wanted || !this.#blank) this.#again ??= setTimeout(() => this.#lookAgain(), lookAgainMs);
  }

  /** A timer that is set anew at every draw costs more than one that looks how long the last draw is ago. */
  #lookAgain(): void {
    this.#again = undefined;
    if (this.#stopped) return;
    const leftMs = lookAgainMs - (performance.now() - this.#drawnAt);
    if (leftMs > 0) this.#again = setTimeout(() => this.#lookAgain(), leftMs);
    else this.#wake();
  }

  #paintBoth(now: number): void {
    const picture = currentPicture(this.#options.video);
    if (picture) this.#paint(now, picture.rtp ?? this.#rtpTimestamp, picture.frame);
  }

  /** With `frame` the picture itself is painted too. */
  #paint(now: number, rtp: number | undefined, frame?: VideoFrame): void {
    const { boxes, labels, tracks, hidden, blurred } = this.#shown;
    const { video } = this.#options;
    const found = this.wanted ? this.#inTime.view({ now, rtpTimestamp: rtp }, blurred) : none;
    this.view = { ...found, objects: found.objects.filter((object) => !hidden.includes(object.class)) };
    const { objects, covers, mode } = this.view;
    if (tracks) this.#trails.see(objects, now);
    this.#show(frame !== undefined || objects.length > 0 || covers.length > 0);
    if (this.#blank) return;
    // A canvas over a video may be a frame off: only what is painted together with its picture is covered closely.
    const onFrame = frame !== undefined && mode === 'exact';
    this.#surface.paint({
      size: this.#size,
      ratio: window.devicePixelRatio || 1,
      picture: contain(this.#size, { width: video.videoWidth, height: video.videoHeight }),
      frame: frame ?? (covers.length > 0 ? currentPicture(video)?.frame : undefined),
      whole: frame !== undefined,
      covers: covers.map((each) => coverOf(each, onFrame)),
      trails: tracks && objects.length > 0 ? this.#trails.now(now) : [],
      marks: boxes ? marksOf(objects, { approximate: mode === 'arrival', unnamed: blurred }) : [],
      labels,
    });
  }

  #show(something: boolean): void {
    if (something !== this.#blank) return;
    this.#blank = !something;
    this.#surface.canvas.style.visibility = something ? '' : 'hidden';
    if (!something) this.#surface.paint(undefined);
  }

  #say(): void {
    const { camera, onDrawn } = this.#options;
    const { canvas } = this.#surface;
    note(canvas.dataset, 'objects', String(this.view.objects.length));
    note(canvas.dataset, 'covers', String(this.view.covers.length));
    note(canvas.dataset, 'mode', this.view.mode ?? '');
    const news = this.#rtpTimestamp === undefined || this.#rtpTimestamp !== this.#counted;
    if (news && this.view.objects.length > 0) onDrawn?.(this.view);
    this.#counted = this.#rtpTimestamp;
    for (const { traceparent, at } of this.#untraced) traceDraw({ traceparent, camera, startedAt: at });
    this.#untraced = [];
  }
}

/** Attributes that are written anew cost styles anew, the same or not. */
function note(dataset: DOMStringMap, name: string, value: string): void {
  if (dataset[name] !== value) dataset[name] = value;
}
