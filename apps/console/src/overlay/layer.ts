import type { Way } from '../media/hold-back.ts';
import { drawBoxes, drawTrails } from './draw.ts';
import { contain, type Fit } from './fit.ts';
import { InTime, type InTimeView, type OnLate } from './in-time.ts';
import { addLayer } from './loop.ts';
import type { Arrived } from './timing.ts';
import { traceDraw } from './trace.ts';
import { Trails } from './trails.ts';
import { currentPicture } from './video-frame.ts';

interface LayerOptions {
  camera: string;
  canvas: HTMLCanvasElement;
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
}

const none: InTimeView = { mode: undefined, errorMs: 0, objects: [], carriedMs: 0 };

/**
 * The canvas over one picture. Draws at most once a frame of the display, and only what has changed. In the exact way the
 * picture itself is painted on it too: a compositor may show video and canvas a frame apart, one canvas it cannot.
 */
export class Layer {
  readonly #inTime: InTime;
  /** What is drawn of what AI sees. */
  shown: Shown = { boxes: true, labels: true, tracks: false };
  way: Way = 'live';
  /** RTP time of the picture that is shown now. */
  rtpTimestamp: number | undefined;
  readonly #options: LayerOptions;
  readonly #context: CanvasRenderingContext2D | null;
  readonly #sizes: ResizeObserver;
  readonly #remove: () => void;
  #size = { width: 0, height: 0 };
  readonly #trails = new Trails();
  #drawn = '';
  #arrivalUntil = 0;
  #counted: number | undefined;
  #untraced: Arrived[] = [];
  view: InTimeView = none;

  constructor(options: LayerOptions) {
    this.#options = options;
    this.#inTime = new InTime(options.onLate);
    this.#context = options.canvas.getContext('2d');
    this.#sizes = new ResizeObserver(([entry]) => {
      if (entry) this.#size = { width: entry.contentRect.width, height: entry.contentRect.height };
    });
    this.#sizes.observe(options.canvas);
    this.#remove = addLayer((now) => this.#draw(now));
  }

  /** What finds each box its frame. */
  get inTime(): Pick<InTime, 'addFrames' | 'restart'> {
    return this.#inTime;
  }

  add(arrived: Arrived): void {
    this.#inTime.add(arrived);
    if (arrived.traceparent) this.#untraced.push(arrived);
  }

  stop(): void {
    this.#remove();
    this.#sizes.disconnect();
  }

  #draw(now: number): void {
    const { video } = this.#options;
    const { width, height } = this.#size;
    const { boxes, labels, tracks } = this.shown;
    const ratio = window.devicePixelRatio || 1;
    const looks = `${width} ${height} ${ratio} ${video.videoWidth} ${video.videoHeight} ${boxes} ${labels} ${tracks} ${this.way}`;
    const key = `${looks} ${this.rtpTimestamp} ${this.#inTime.version}`;
    if (key === this.#drawn && now < this.#arrivalUntil) return;
    this.#drawn = key;
    // What has no frame of its own goes by itself after a moment.
    this.#arrivalUntil = now + 200;
    const surface = { size: this.#size, ratio, picture: contain(this.#size, sizeOf(video)) };
    if (this.way === 'exact') this.#paintBoth(now, surface);
    else this.#paint(now, surface, { rtp: this.rtpTimestamp });
    this.#say();
  }

  #paintBoth(now: number, surface: Surface): void {
    const picture = currentPicture(this.#options.video);
    if (!picture) return;
    this.#paint(now, surface, { rtp: picture.rtp ?? this.rtpTimestamp, frame: picture.frame });
    picture.frame.close();
  }

  #paint(now: number, surface: Surface, { rtp, frame }: { rtp: number | undefined; frame?: CanvasImageSource }): void {
    const { boxes, labels, tracks } = this.shown;
    this.view = boxes || tracks ? this.#inTime.view({ now, rtpTimestamp: rtp }) : none;
    const { objects, mode } = this.view;
    this.#trails.see(objects, now);
    if (!this.#context) return;
    paint(this.#context, surface, (context, picture) => {
      if (frame) context.drawImage(frame, picture.left, picture.top, picture.width, picture.height);
      if (tracks && objects.length > 0) drawTrails(context, picture, this.#trails.now(now));
      if (boxes) drawBoxes(context, picture, { objects, approximate: mode === 'arrival', labels });
    });
  }

  #say(): void {
    const { canvas, camera, onDrawn } = this.#options;
    canvas.dataset.objects = String(this.view.objects.length);
    canvas.dataset.mode = this.view.mode ?? '';
    const news = this.rtpTimestamp === undefined || this.rtpTimestamp !== this.#counted;
    if (news && this.view.objects.length > 0) onDrawn?.(this.view);
    this.#counted = this.rtpTimestamp;
    for (const { traceparent, at } of this.#untraced) traceDraw({ traceparent, camera, startedAt: at });
    this.#untraced = [];
  }
}

interface Surface {
  size: { width: number; height: number };
  ratio: number;
  picture: Fit | undefined;
}

const sizeOf = (video: HTMLVideoElement) => ({ width: video.videoWidth, height: video.videoHeight });

function paint(
  context: CanvasRenderingContext2D,
  { size, ratio, picture }: Surface,
  draw: (context: CanvasRenderingContext2D, picture: Fit) => void,
): void {
  const { canvas } = context;
  const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  if (picture) draw(context, picture);
}
