import type { NamedFrame, NamesMessage, NamesRequest } from './named-frame.ts';
import { WorkerClock } from './worker-clock.ts';

interface NamesWorkerOptions {
  /** Frames of a stream as they come, oldest first. */
  onFrames(id: number, frames: readonly NamedFrame[]): void;
  /** Told once, when the worker has not come up or has died. */
  onDead(): void;
}

/** A worker that has not said a word after this long does not come up (ms). */
const startMs = 3_000;
const pingEveryMs = 1_000;
/** A worker that leaves so many pings in a row unanswered has died, or hangs: pictures stand still with it. */
const mostUnanswered = 4;
/** Asked so often in a row at the start: the quickest answer tells the worker's clock. */
const firstPings = 5;

/** One worker that names frames, from its start to its end. Once stopped it is not listened to any more. */
export class NamesWorker {
  readonly #options: NamesWorkerOptions;
  readonly #worker = new Worker(new URL('./frame-names.worker.ts', import.meta.url), { type: 'module' });
  readonly #clock = new WorkerClock();
  readonly #up = Promise.withResolvers<boolean>();
  readonly #pings: ReturnType<typeof setInterval>;
  readonly #start: ReturnType<typeof setTimeout>;
  #answers = 0;
  #unanswered = 0;
  #stopped = false;

  constructor(options: NamesWorkerOptions) {
    this.#options = options;
    this.#worker.addEventListener('message', ({ data }: MessageEvent<NamesMessage>) => this.#take(data));
    this.#worker.addEventListener('error', () => this.#die());
    this.#start = setTimeout(() => this.#die(), startMs);
    this.#pings = setInterval(() => this.#look(), pingEveryMs);
    this.#ping();
  }

  /** True once it has said its first word; false when it does not come up. */
  get up(): Promise<boolean> {
    return this.#up.promise;
  }

  /** Lets the frames of a receiver through it; only once it is {@link up}, or its first frames are lost. */
  transform(options: { id: number; named: boolean }): RTCRtpScriptTransform {
    return new RTCRtpScriptTransform(this.#worker, options);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#start);
    clearInterval(this.#pings);
    this.#worker.terminate();
    this.#up.resolve(false);
  }

  #ping(): void {
    const request: NamesRequest = { type: 'ping', askedAt: performance.now() };
    this.#worker.postMessage(request);
  }

  #look(): void {
    if (this.#answers === 0) return;
    if (this.#unanswered >= mostUnanswered) return this.#die();
    this.#unanswered += 1;
    this.#ping();
  }

  #take(message: NamesMessage): void {
    if (this.#stopped) return;
    this.#unanswered = 0;
    if (message.type === 'pong') this.#answered(message);
    else this.#tell(message);
  }

  #answered({ askedAt, now }: Extract<NamesMessage, { type: 'pong' }>): void {
    this.#clock.answered({ askedAt, answeredAt: performance.now(), workerNow: now });
    this.#answers += 1;
    clearTimeout(this.#start);
    this.#up.resolve(true);
    if (this.#answers < firstPings) this.#ping();
  }

  #tell({ id, frames }: Extract<NamesMessage, { type: 'frames' }>): void {
    const told = frames.map((frame) => ({
      ...frame,
      receivedAt: this.#clock.toPage(frame.receivedAt) ?? performance.now(),
    }));
    this.#options.onFrames(id, told);
  }

  #die(): void {
    if (this.#stopped) return;
    this.stop();
    this.#options.onDead();
  }
}
