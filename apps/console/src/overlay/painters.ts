import { PaintWorker } from './paint-worker.ts';

/** Who paints the canvases of this page: one worker for all of them; the page itself where no worker comes up. */
class Painters {
  readonly #deaths = new Set<() => void>();
  #current: PaintWorker | 'page' | undefined;
  #started = false;

  /** Undefined while a worker is on its way. */
  get current(): PaintWorker | 'page' | undefined {
    this.start();
    return this.#current;
  }

  /** Brings the worker up, so that it is there when something is to be painted. */
  start(): void {
    if (!this.#started) this.#start();
  }

  /** Calls back when a worker has died, with all canvases that it had; returns what ends that. */
  onDeath(told: () => void): () => void {
    this.#deaths.add(told);
    return () => this.#deaths.delete(told);
  }

  #start(): void {
    this.#started = true;
    if (!('transferControlToOffscreen' in HTMLCanvasElement.prototype)) {
      this.#current = 'page';
      return;
    }
    const worker = new PaintWorker({
      onUp: () => {
        this.#current = worker;
      },
      onDead: () => this.#bury(worker),
    });
  }

  #bury(worker: PaintWorker): void {
    const wasUp = this.#current === worker;
    this.#current = wasUp ? undefined : 'page';
    if (wasUp) this.#start();
    for (const told of this.#deaths) told();
  }
}

export const painters = new Painters();
