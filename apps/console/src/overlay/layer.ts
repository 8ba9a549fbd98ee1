import { drawBoxes, drawTrails } from './draw.ts';
import { contain, type Fit } from './fit.ts';
import { addLayer } from './loop.ts';
import { type Arrived, Timing } from './timing.ts';
import { traceDraw } from './trace.ts';
import { Trails } from './trails.ts';

interface LayerOptions {
  camera: string;
  canvas: HTMLCanvasElement;
  video: HTMLVideoElement;
}

/** What a person wants to see on the pictures. */
export interface Shown {
  boxes: boolean;
  labels: boolean;
  tracks: boolean;
}

const none: readonly Arrived[] = [];

/** The canvas over one picture. Draws at most once a frame of the display, and only what has changed. */
export class Layer {
  readonly timing = new Timing();
  /** What is drawn of what AI sees. */
  shown: Shown = { boxes: true, labels: true, tracks: false };
  /** RTP time of the picture that is shown now. */
  rtpTimestamp: number | undefined;
  readonly #options: LayerOptions;
  readonly #context: CanvasRenderingContext2D | null;
  readonly #sizes: ResizeObserver;
  readonly #remove: () => void;
  #size = { width: 0, height: 0 };
  #drawn = { chosen: none, key: '' };
  readonly #trails = new Trails();

  constructor(options: LayerOptions) {
    this.#options = options;
    this.#context = options.canvas.getContext('2d');
    this.#sizes = new ResizeObserver(([entry]) => {
      if (entry) this.#size = { width: entry.contentRect.width, height: entry.contentRect.height };
    });
    this.#sizes.observe(options.canvas);
    this.#remove = addLayer((now) => this.#draw(now));
  }

  stop(): void {
    this.#remove();
    this.#sizes.disconnect();
  }

  #draw(now: number): void {
    const { video, camera, canvas } = this.#options;
    const { boxes, labels, tracks } = this.shown;
    const chosen = boxes || tracks ? this.timing.choose({ now, rtpTimestamp: this.rtpTimestamp }) : none;
    const ratio = window.devicePixelRatio || 1;
    const { width, height } = this.#size;
    const key = `${width} ${height} ${ratio} ${video.videoWidth} ${video.videoHeight} ${boxes} ${labels} ${tracks}`;
    if (chosen === this.#drawn.chosen && key === this.#drawn.key) return;
    const news = chosen.filter((each) => !this.#drawn.chosen.includes(each));
    this.#drawn = { chosen, key };
    const picture = contain(this.#size, { width: video.videoWidth, height: video.videoHeight });
    const objects = chosen.flatMap(({ detection }) => detection.objects);
    this.#trails.see(objects, now);
    if (this.#context)
      paint(this.#context, { size: this.#size, ratio, picture }, (context, fit) => {
        if (tracks && objects.length > 0) drawTrails(context, fit, this.#trails.now(now));
        if (boxes) drawBoxes(context, fit, objects, labels);
      });
    canvas.dataset.objects = String(objects.length);
    for (const { traceparent, at } of news) traceDraw({ traceparent, camera, startedAt: at });
  }
}

interface Surface {
  size: { width: number; height: number };
  ratio: number;
  picture: Fit | undefined;
}

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
