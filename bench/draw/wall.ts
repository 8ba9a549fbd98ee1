import type { Detection } from '@sightline/contracts/detection';
import { Layer, type Shown } from '../../apps/console/src/overlay/layer.ts';
import type { PaintRequest } from '../../apps/console/src/overlay/painting.ts';
import { laterBy } from '../../apps/console/src/overlay/rtp.ts';

/** What is drawn on the canvases: nothing, boxes by the console's own code, or the same marks with nothing found or placed. */
export type Drawing = 'nothing' | 'console' | 'bare';

export interface WallOptions {
  canvases: number;
  boxes: number;
}

export interface RunOptions {
  drawing: Drawing;
  frames: number;
  /** Each tile has a new picture every so many frames of the display, not all at once. */
  every: number;
}

interface Tile {
  /** What the console draws in. */
  host: HTMLElement;
  layer: Layer;
  /** What the bare marks are drawn on. */
  bare: HTMLCanvasElement;
}

/** Ticks of 90 kHz: of a display with 60 frames a second, and by how much AI is late (200 ms). */
const [displayTicks, lateTicks] = [1_500, 18_000];
/** Frames of the display from one picture of a camera, analysed, to the next. */
const cameraFrames = 4;
const off: Shown = { boxes: false, labels: true, tracks: false, hidden: [], blurred: [] };
const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

/** A wall of tiles whose boxes are fed without a network; pictures stand still, so that nothing else is to be done. */
class Wall {
  readonly #tiles: Tile[] = [];
  readonly #options: WallOptions;
  #rtp = 0;
  #frame = 0;
  #asked = 0;
  #painted = 0;

  constructor(options: WallOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#countPaintings();
    const columns = Math.ceil(Math.sqrt(this.#options.canvases));
    const size = `width:${100 / columns}vw;height:${100 / columns}vh`;
    document.body.style.cssText = 'margin:0;display:flex;flex-wrap:wrap;background:#222';
    const picture = stillPicture();
    for (let tile = 0; tile < this.#options.canvases; tile += 1) {
      const [figure, video, host, bare] = [element('figure'), element('video'), element('div'), element('canvas')];
      figure.style.cssText = `position:relative;margin:0;${size}`;
      for (const each of [video, host, bare]) each.style.cssText = 'position:absolute;inset:0;width:100%;height:100%';
      video.muted = true;
      video.srcObject = picture;
      figure.append(video, host, bare);
      document.body.append(figure);
      [bare.width, bare.height] = [bare.clientWidth, bare.clientHeight];
      await video.play();
      this.#tiles.push({ host, bare, layer: new Layer({ camera: `camera${tile}`, host, video }) });
    }
  }

  /** Draws for so many frames of the display. */
  async run({ drawing, frames, every }: RunOptions): Promise<void> {
    for (const { bare, layer } of this.#tiles) {
      layer.shown = { ...off, boxes: drawing === 'console' };
      bare.style.display = drawing === 'bare' ? '' : 'none';
      await nextFrame();
    }
    for (let count = 0; count < frames; count += 1) {
      await nextFrame();
      this.#frame += 1;
      this.#rtp = laterBy(this.#rtp, displayTicks);
      const changed = this.#tiles.filter((tile, index) => this.#change(tile, index, every));
      if (drawing === 'console') this.#asked += changed.length;
      if (drawing === 'bare') requestAnimationFrame(() => this.#drawBare(changed));
    }
  }

  /** Gives a tile its next picture or its next boxes, when it is its turn; pictures and boxes do not come together. */
  #change({ layer }: Tile, index: number, every: number): boolean {
    const turn = this.#frame + index;
    const [boxes, picture] = [turn % cameraFrames === cameraFrames / 2, turn % every === 0];
    if (boxes) this.#feed(layer, index);
    if (picture) layer.rtpTimestamp = this.#rtp;
    return boxes || picture;
  }

  /** Of the changes so far, the share whose painting was sent to the worker: while it is slow, only the newest goes. */
  get sent(): number {
    return this.#painted / this.#asked;
  }

  #countPaintings(): void {
    const post = Worker.prototype.postMessage;
    const count = (message: unknown) => {
      if (isPaint(message)) this.#painted += message.paintings.length;
    };
    Worker.prototype.postMessage = function (message: unknown, ...rest: unknown[]) {
      count(message);
      Reflect.apply(post, this, [message, ...rest]);
    };
  }

  /** How many boxes the console says to have drawn on each canvas. */
  get drawn(): number[] {
    return this.#tiles.map(({ host }) => Number(host.querySelector('canvas')?.dataset.objects));
  }

  /** A frame as it came from the camera, and what AI saw in it. */
  #feed(layer: Layer, tile: number): void {
    const now = performance.now();
    const rtp = laterBy(this.#rtp, -lateTicks);
    layer.inTime.addFrames([{ rtp, key: `${rtp}`, receivedAt: now - lateTicks / 90 }]);
    layer.add({ detection: this.#detection(tile, rtp, now), traceparent: undefined, at: now });
  }

  #detection(tile: number, rtp: number, now: number): Detection {
    const nowUs = Math.round((performance.timeOrigin + now) * 1_000);
    return {
      id: `${tile} ${rtp}`,
      site: 'bench',
      camera: `camera${tile}`,
      source: 'main',
      capturedAtUs: nowUs - (lateTicks / 90) * 1_000,
      clock: { name: 'bench', errorUs: 0 },
      frame: { key: `${rtp}`, pts: rtp, clockRate: 90_000 },
      worker: { id: 'bench', run: 'bench' },
      model: { name: 'bench', version: '1' },
      receivedAtUs: nowUs,
      objects: Array.from({ length: this.#options.boxes }, (_, box) => ({
        track: `${box}`,
        class: ['person', 'car', 'face'][box % 3] ?? 'person',
        score: 0.5 + box / 50,
        box: [0.05 + (box % 5) * 0.17 + ((this.#frame / cameraFrames) % 50) * 0.001, box < 5 ? 0.15 : 0.6, 0.1, 0.25],
      })),
    };
  }

  #drawBare(tiles: readonly Tile[]): void {
    for (const { bare } of tiles) {
      const context = bare.getContext('2d');
      if (context)
        drawBare(context, { boxes: this.#options.boxes, shift: ((this.#frame / cameraFrames) % 50) * 0.001 });
    }
  }
}

const isPaint = (message: unknown): message is Extract<PaintRequest, { type: 'paint' }> =>
  typeof message === 'object' && message !== null && 'paintings' in message;

function drawBare(context: CanvasRenderingContext2D, { boxes, shift }: { boxes: number; shift: number }): void {
  const { width, height } = context.canvas;
  context.clearRect(0, 0, width, height);
  context.font = '500 12px system-ui, sans-serif';
  context.textBaseline = 'middle';
  for (let box = 0; box < boxes; box += 1) {
    const [left, top] = [(0.05 + (box % 5) * 0.17 + shift) * width, (box < 5 ? 0.15 : 0.6) * height];
    context.strokeStyle = 'rgb(0 0 0 / 65%)';
    context.lineWidth = 4;
    context.strokeRect(left, top, width * 0.1, height * 0.25);
    context.strokeStyle = '#f0e442';
    context.lineWidth = 2;
    context.strokeRect(left, top, width * 0.1, height * 0.25);
    context.fillStyle = 'rgb(8 10 12 / 82%)';
    context.fillRect(left, top - 17, 80, 17);
    context.fillStyle = '#f0e442';
    context.fillText('person 50%', left + 4, top - 8);
  }
}

const element = <Name extends keyof HTMLElementTagNameMap>(name: Name) => document.createElement(name);

/** One grey picture of 640x360 that never changes. */
function stillPicture(): MediaStream {
  const canvas = element('canvas');
  [canvas.width, canvas.height] = [640, 360];
  const context = canvas.getContext('2d');
  if (context) context.fillStyle = '#555';
  context?.fillRect(0, 0, 640, 360);
  return canvas.captureStream();
}

Object.assign(window, { Wall });
