import type { CameraMessage } from '@sightline/contracts';
import { drawBoxes } from './draw.ts';
import { overlaySocket } from './socket.ts';
import { type Arrived, choose, isNewer } from './timing.ts';
import { traceDraw } from './trace.ts';

interface OverlayOptions {
  camera: string;
  canvas: HTMLCanvasElement;
  video: HTMLVideoElement;
  onCamera(message: CameraMessage): void;
  onDenied(): void;
}

/** Boxes of one camera over its picture. Draws outside React, once a frame of the display at most, and only what changed. */
export class Overlay {
  readonly #options: OverlayOptions;
  readonly #stopFollowing: () => void;
  #newest: Arrived | undefined;
  #drawn: Arrived | undefined;
  #size = '';
  #frame = 0;
  #visible = true;

  constructor(options: OverlayOptions) {
    this.#options = options;
    this.#stopFollowing = overlaySocket.follow(options.camera, {
      onDetection: (arrived) => {
        if (isNewer(arrived.detection, this.#newest, arrived.at)) this.#newest = arrived;
      },
      onCamera: options.onCamera,
      onDenied: options.onDenied,
    });
    this.#frame = requestAnimationFrame(this.#tick);
  }

  /** Whether boxes are shown at all. */
  set visible(visible: boolean) {
    this.#visible = visible;
    this.#size = '';
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#stopFollowing();
  }

  readonly #tick = (now: number): void => {
    this.#frame = requestAnimationFrame(this.#tick);
    const { canvas, video, camera } = this.#options;
    const chosen = this.#visible ? choose(this.#newest, now) : undefined;
    const size = `${canvas.clientWidth} ${canvas.clientHeight} ${video.videoWidth} ${video.videoHeight}`;
    if (chosen === this.#drawn && size === this.#size) return;
    drawBoxes(canvas, video, chosen?.detection.objects ?? []);
    canvas.dataset.objects = String(chosen?.detection.objects.length ?? 0);
    if (chosen !== this.#drawn) traceDraw(chosen?.traceparent, camera, now);
    this.#drawn = chosen;
    this.#size = size;
  };
}
