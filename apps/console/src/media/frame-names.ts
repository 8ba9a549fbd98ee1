import type { NamedFrame } from './named-frame.ts';
import { NamesWorker } from './names-worker.ts';

/** Called with frames as they come, oldest first. */
export type OnFrames = (frames: readonly NamedFrame[]) => void;

interface Stream {
  receiver: RTCRtpReceiver;
  named: boolean;
  listeners: Set<OnFrames>;
}

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
  #worker: NamesWorker | undefined;
  #replacements = 0;
  #next = 1;
  #givenUp = false;

  /**
   * Whether a connection is to be made so that its frames can be named (`encodedInsertableStreams`): the worker runs, or
   * comes up within moments. Without one, a connection that was made so would show nothing.
   */
  async ready(): Promise<boolean> {
    if (!this.possible) return false;
    this.#worker ??= this.#start();
    return this.#worker.up;
  }

  /** Whether frames can be named here, now or later. */
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
    void this.#transform(id, stream);
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

  /** One that does not come up is replaced, and whoever replaces it lets all streams through. */
  async #transform(id: number, stream: Stream): Promise<void> {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    const up = await worker.up;
    if (!up || this.#worker !== worker || this.#streams.get(id) !== stream) return;
    stream.receiver.transform = worker.transform({ id, named: stream.named });
  }

  #start(): NamesWorker {
    return new NamesWorker({
      onFrames: (id, frames) => {
        for (const listener of this.#streams.get(id)?.listeners ?? []) listener(frames);
      },
      onDead: () => this.#replace(),
    });
  }

  #replace(): void {
    this.#worker = undefined;
    this.#replacements += 1;
    if (this.#replacements > mostReplacements) return this.#giveUp();
    for (const [id, stream] of this.#streams) void this.#transform(id, stream);
  }

  #giveUp(): void {
    this.#givenUp = true;
    this.#streams.clear();
    for (const callback of this.#onGiveUp) callback();
  }
}

/** The naming of this page. */
export const frameNames = new FrameNames();
