import { type Painting, type PaintMessage, type PaintRequest, toSent } from './painting.ts';

/** A worker that has not said a word after this long does not come up (ms). */
const startMs = 3_000;
/** One that has not painted what it was asked to after this long has died, or hangs (ms): an old picture must not stand. */
const hungMs = 1_500;

interface PaintWorkerOptions {
  /** Told once, when the worker is there. */
  onUp(): void;
  /** Told once, when it has not come up or has died. */
  onDead(): void;
}

/**
 * One worker that paints canvases, from its start to its end. It is sent all that is new in one message a frame of the
 * display, and the next when it has painted that: while it is slow, of each canvas only the newest waits.
 */
export class PaintWorker {
  readonly #options: PaintWorkerOptions;
  readonly #worker = new Worker(new URL('./paint.worker.ts', import.meta.url), { type: 'module' });
  readonly #waiting = new Map<number, Painting | undefined>();
  #limit: ReturnType<typeof setTimeout>;
  #up = false;
  #busy = false;
  #scheduled = false;
  #ids = 0;
  #stopped = false;

  constructor(options: PaintWorkerOptions) {
    this.#options = options;
    this.#worker.addEventListener('message', ({ data }: MessageEvent<PaintMessage>) => this.#take(data));
    this.#worker.addEventListener('error', () => this.#die());
    this.#limit = setTimeout(() => this.#die(), startMs);
  }

  /** Hands a canvas over; the number that it goes by from now on. */
  take(canvas: HTMLCanvasElement): number {
    this.#ids += 1;
    const offscreen = canvas.transferControlToOffscreen();
    this.#say({ type: 'take', id: this.#ids, canvas: offscreen }, [offscreen]);
    return this.#ids;
  }

  drop(id: number): void {
    this.#forget(id);
    this.#say({ type: 'drop', id });
  }

  paint(id: number, painting: Painting | undefined): void {
    this.#forget(id);
    this.#waiting.set(id, painting);
    if (this.#scheduled || this.#busy) return;
    this.#scheduled = true;
    queueMicrotask(() => this.#flush());
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#limit);
    this.#worker.terminate();
    for (const id of this.#waiting.keys()) this.#forget(id);
  }

  #forget(id: number): void {
    this.#waiting.get(id)?.frame?.close();
    this.#waiting.delete(id);
  }

  #flush(): void {
    this.#scheduled = false;
    if (this.#stopped || this.#waiting.size === 0) return;
    const paintings = [...this.#waiting].map(([id, painting]) => toSent(id, painting));
    this.#waiting.clear();
    this.#busy = true;
    this.#limit = setTimeout(() => this.#die(), hungMs);
    this.#say(
      { type: 'paint', paintings },
      paintings.flatMap(([, , frame]) => frame ?? []),
    );
  }

  #say(request: PaintRequest, transfer: Transferable[] = []): void {
    if (!this.#stopped) this.#worker.postMessage(request, transfer);
  }

  #take(message: PaintMessage): void {
    if (this.#stopped) return;
    clearTimeout(this.#limit);
    if (message === 'up' && !this.#up) {
      this.#up = true;
      this.#options.onUp();
      return;
    }
    this.#busy = false;
    this.#flush();
  }

  #die(): void {
    if (this.#stopped) return;
    this.stop();
    this.#options.onDead();
  }
}
