import type { NamedFrame, NamesMessage } from './named-frame.ts';

/** Called with frames as they come, oldest first. */
export type OnFrames = (frames: readonly NamedFrame[]) => void;

interface Stream {
  receiver: RTCRtpReceiver;
  named: boolean;
  listeners: Set<OnFrames>;
}

const pingEveryMs = 1_000;
/** A worker that leaves so many pings in a row unanswered has died, or hangs: pictures stand still with it. */
const mostUnanswered = 4;
/** Workers that die over and over are done without. */
const mostReplacements = 5;

/** Whether this browser lets us see encoded frames. */
const supported = () => typeof RTCRtpScriptTransform === 'function';

/**
 * Names the frames of video streams in a worker of its own, before they are decoded. Every encoded frame goes through that
 * worker, so it is watched: one that is dead is replaced, and when that does not help either, `onGiveUp` tells that
 * connections have to be made anew without it.
 */
export class FrameNames {
  readonly #streams = new Map<number, Stream>();
  readonly #byReceiver = new WeakMap<RTCRtpReceiver, number>();
  readonly #onGiveUp = new Set<() => void>();
  #worker: Worker | undefined;
  #unanswered = 0;
  #replacements = 0;
  #next = 1;
  #givenUp = false;

  /** Whether connections are to be made so that their frames can be named (`encodedInsertableStreams`). */
  get possible(): boolean {
    return supported() && !this.#givenUp;
  }

  /** Calls back once frames cannot be named any more. */
  onGiveUp(callback: () => void): () => void {
    this.#onGiveUp.add(callback);
    return () => this.#onGiveUp.delete(callback);
  }

  /** Lets a receiver's frames through; nothing is shown without this. Video is named, audio passes. */
  attach(receiver: RTCRtpReceiver | undefined): void {
    if (!receiver || !this.possible) return;
    this.detach(receiver);
    const id = this.#next++;
    this.#byReceiver.set(receiver, id);
    const stream = { receiver, named: receiver.track.kind === 'video', listeners: new Set<OnFrames>() };
    this.#streams.set(id, stream);
    this.#transform(id, stream);
  }

  /** Forgets a receiver. Its frames go on through the worker, and are not told. */
  detach(receiver: RTCRtpReceiver | undefined): void {
    const id = receiver && this.#byReceiver.get(receiver);
    if (id !== undefined) this.#streams.delete(id);
  }

  /** Listens to the frames of a receiver; returns how to stop. */
  listen(receiver: RTCRtpReceiver | undefined, onFrames: OnFrames): () => void {
    const id = receiver && this.#byReceiver.get(receiver);
    const listeners = id === undefined ? undefined : this.#streams.get(id)?.listeners;
    listeners?.add(onFrames);
    return () => listeners?.delete(onFrames);
  }

  #transform(id: number, { receiver, named }: Stream): void {
    this.#worker ??= this.#start();
    receiver.transform = new RTCRtpScriptTransform(this.#worker, { id, named });
  }

  #start(): Worker {
    const worker = new Worker(new URL('./frame-names.worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<NamesMessage>) => this.#take(data));
    worker.addEventListener('error', () => {
      if (this.#worker === worker) this.#replace();
    });
    const timer = setInterval(() => {
      if (this.#worker !== worker) return clearInterval(timer);
      if (this.#unanswered >= mostUnanswered) return this.#replace();
      this.#unanswered += 1;
      worker.postMessage({ type: 'ping' });
    }, pingEveryMs);
    return worker;
  }

  #take(message: NamesMessage): void {
    this.#unanswered = 0;
    if (message.type !== 'frames') return;
    const frames = message.frames.map((frame) => ({ ...frame, receivedAt: frame.receivedAt - performance.timeOrigin }));
    for (const listener of this.#streams.get(message.id)?.listeners ?? []) listener(frames);
  }

  #replace(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#unanswered = 0;
    this.#replacements += 1;
    if (this.#replacements > mostReplacements) return this.#giveUp();
    for (const [id, stream] of this.#streams) this.#transform(id, stream);
  }

  #giveUp(): void {
    this.#givenUp = true;
    this.#streams.clear();
    for (const callback of this.#onGiveUp) callback();
  }
}

/** The naming of this page. */
export const frameNames = new FrameNames();
