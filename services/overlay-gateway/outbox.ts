import type { Chain } from './chain.ts';
import { Credit } from './credit.ts';
import type { EncodedFrame } from './encoded-frame.ts';
import type { Flusher } from './flusher.ts';
import type { Joiner } from './joiner.ts';

/** The part of a WebSocket that an outbox needs. */
export interface Sender {
  /** Bytes that this process still holds for the socket. */
  readonly buffered: number;
  /** Sends one text message. */
  say(text: string): void;
  /** Sends WebSocket messages that are framed already, and a mark behind them when there is one. */
  write(frames: Buffer, mark: string | undefined): void;
  /** Ends a socket that asks and does not read. */
  giveUp(): void;
}

/** With more than this waiting in the process (bytes), boxes wait outside, where a newer one replaces an older one. */
const bufferLimit = 64 * 1024;
const mostSaid = 4 * 1024 * 1024;
/** Of more streams no bases are kept for one socket: it is sent whole frames. */
const mostStreams = 2_000;

/** Which subprotocol's messages a socket is sent. */
export type WireFormat = 'native' | 'delta' | 'flat';

interface OutboxOptions {
  sender: Sender;
  format: WireFormat;
  flusher: Pick<Flusher, 'add' | 'empty'>;
  onDrop: () => void;
}

/**
 * What one socket is still to be sent. Messages about subscriptions and states always go; of the boxes of a camera only the
 * newest of each worker waits while the socket is slow, so that a slow viewer loses old boxes, never new ones.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #credit = new Credit();
  readonly #waiting = new Map<string, EncodedFrame>();
  /** The last base of each stream that the socket was sent, in the delta format. */
  readonly #bases = new Map<string, EncodedFrame>();
  #offered: Chain<EncodedFrame> | undefined;
  #scheduled = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  say(message: object): void {
    const { sender } = this.#options;
    if (sender.buffered > mostSaid) sender.giveUp();
    else sender.say(JSON.stringify(message));
  }

  offer(encoded: EncodedFrame): void {
    this.#offered = (this.#offered ?? this.#options.flusher.empty).with(encoded);
    this.#schedule();
  }

  /** Takes back what waits of a camera that is no longer followed. */
  forget(camera: string): void {
    const isOf = ({ frame }: EncodedFrame) => frame.camera === camera;
    for (const frames of [this.#waiting, this.#bases])
      for (const [stream, encoded] of frames) if (isOf(encoded)) frames.delete(stream);
    const left = this.#offered?.items.filter((encoded) => !isOf(encoded)) ?? [];
    this.#offered = left.reduce((chain, encoded) => chain.with(encoded), this.#options.flusher.empty);
  }

  /** Takes the answer to a mark; what waits goes on when there is room again. */
  acknowledge(mark: string): void {
    this.#credit.acknowledge(mark);
    this.resume();
  }

  /** Goes on with what waits, if the socket can take it. */
  resume(): void {
    if (this.#waiting.size > 0 && !this.#isFull()) this.#schedule();
  }

  flush(joiner: Joiner): void {
    this.#scheduled = false;
    const offered = this.#offered?.items ?? [];
    this.#offered = undefined;
    if (this.#waiting.size === 0 && !this.#isFull()) return this.#send(offered, joiner);
    for (const encoded of offered) this.#wait(encoded);
    for (const [stream, encoded] of this.#waiting) {
      if (this.#isFull()) return;
      this.#waiting.delete(stream);
      this.#send([encoded], joiner);
    }
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#options.flusher.add(this);
  }

  #isFull(): boolean {
    return this.#credit.exhausted || this.#options.sender.buffered > bufferLimit;
  }

  #wait(encoded: EncodedFrame): void {
    const { stream } = encoded.frame;
    if (this.#waiting.delete(stream)) this.#options.onDrop();
    this.#waiting.set(stream, encoded);
  }

  #send(frames: readonly EncodedFrame[], joiner: Joiner): void {
    const data = joiner.join(frames.map((encoded) => this.#encode(encoded)));
    if (data.length > 0) this.#options.sender.write(data, this.#credit.spend(data.length));
  }

  #encode(encoded: EncodedFrame): Buffer {
    const { format } = this.#options;
    return format === 'delta' ? this.#encodeDelta(encoded) : encoded[format];
  }

  /** Only what is sent counts: a base that a newer frame took the place of was never there. */
  #encodeDelta(encoded: EncodedFrame): Buffer {
    const { base, frame } = encoded;
    if (base !== encoded) return (this.#bases.get(frame.stream) === base ? encoded.delta : undefined) ?? encoded.native;
    if (this.#bases.size >= mostStreams && !this.#bases.has(frame.stream)) this.#bases.clear();
    this.#bases.set(frame.stream, encoded);
    return encoded.asBase;
  }
}
