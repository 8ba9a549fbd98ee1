import type { Frame } from './frame.ts';

/** The part of a WebSocket that an outbox needs. */
export interface Sender {
  readonly bufferedAmount: number;
  send(data: string, sent: () => void): void;
}

/** With more than this waiting in a socket (bytes), boxes wait outside of it, where a newer one replaces an older one. */
const bufferLimit = 64 * 1024;

/**
 * What one socket is still to be sent. Messages about subscriptions and states always go; of the boxes of a camera only the
 * newest waits while the socket is slow, so that a slow viewer loses old boxes, never new ones.
 */
export class Outbox {
  readonly #sender: Sender;
  readonly #encode: (frame: Frame) => readonly string[];
  readonly #onDrop: () => void;
  readonly #waiting = new Map<string, Frame>();

  constructor(sender: Sender, encode: (frame: Frame) => readonly string[], onDrop: () => void) {
    this.#sender = sender;
    this.#encode = encode;
    this.#onDrop = onDrop;
  }

  say(message: object): void {
    this.#send(JSON.stringify(message));
  }

  offer(frame: Frame): void {
    if (this.#waiting.size === 0 && this.#sender.bufferedAmount < bufferLimit) this.#sendFrame(frame);
    else {
      if (this.#waiting.delete(frame.camera)) this.#onDrop();
      this.#waiting.set(frame.camera, frame);
    }
  }

  /** Takes back what waits of a camera that is no longer followed. */
  forget(camera: string): void {
    this.#waiting.delete(camera);
  }

  #sendFrame(frame: Frame): void {
    for (const data of this.#encode(frame)) this.#send(data);
  }

  #send(data: string): void {
    this.#sender.send(data, () => this.#flush());
  }

  #flush(): void {
    for (const [camera, frame] of this.#waiting) {
      if (this.#sender.bufferedAmount >= bufferLimit) return;
      this.#waiting.delete(camera);
      this.#sendFrame(frame);
    }
  }
}
