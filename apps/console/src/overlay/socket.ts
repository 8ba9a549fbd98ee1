import { applyDelta } from '@sightline/contracts/delta';
import type { Detection } from '@sightline/contracts/detection';
import {
  type CameraMessage,
  OverlayDelta,
  OverlayMessage,
  type OverlayRequest,
  overlayProtocols,
} from '@sightline/contracts/overlay';
import { BackOff } from '@sightline/timing';
import { z } from 'zod';
import type { Arrived } from './timing.ts';

/** What somebody who follows a camera is told. */
export interface Follower {
  onDetection(arrived: Arrived): void;
  onCamera(message: CameraMessage): void;
  onDenied(): void;
}

interface OverlaySocketOptions {
  /** Opens a socket; each try gets a new one. */
  open(): WebSocket;
  /** Milliseconds of a clock that never jumps. */
  now?: () => number;
}

/** A quiet socket is asked for a word after this long, and given up after twice as long (ms). */
const quietMs = 8_000;
/** A right or a camera may be newer than what the gateway knows: who was denied asks again (ms). */
const askAgainMs = 4_000;
const lookEveryMs = 1_000;

/**
 * The one WebSocket to the overlay gateway: open while somebody follows a camera, opened again for ever, with everything
 * subscribed to anew.
 */
export class OverlaySocket {
  readonly #options: OverlaySocketOptions;
  readonly #now: () => number;
  readonly #followers = new Map<string, Set<Follower>>();
  readonly #deniedAt = new Map<string, number>();
  /** What later detections are told from, by camera, worker and source. */
  readonly #bases = new Map<string, Detection>();
  readonly #backOff = new BackOff({ firstMs: 300, longestMs: 5_000, healthyMs: 5_000 });
  #socket: WebSocket | undefined;
  #openedAt = 0;
  #heardAt = 0;
  #askedAt = 0;
  #look: ReturnType<typeof setInterval> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(options: OverlaySocketOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /** Whether the gateway can be heard now. */
  get connected(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Whether somebody follows a camera, so that a connection is wanted. */
  get following(): boolean {
    return this.#followers.size > 0;
  }

  /** Follows a camera; returns how to stop that. */
  follow(camera: string, follower: Follower): () => void {
    const followers = this.#followers.get(camera) ?? new Set();
    followers.add(follower);
    this.#followers.set(camera, followers);
    if (!this.#look) this.#start();
    else this.#say({ type: 'subscribe', cameras: [camera] });
    return () => this.#unfollow(camera, follower);
  }

  /** Ends everything that runs; a new follower starts it again. */
  close(): void {
    clearInterval(this.#look);
    clearTimeout(this.#retry);
    this.#look = undefined;
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #unfollow(camera: string, follower: Follower): void {
    const followers = this.#followers.get(camera);
    if (!followers?.delete(follower) || followers.size > 0) return;
    this.#followers.delete(camera);
    this.#deniedAt.delete(camera);
    this.#say({ type: 'unsubscribe', cameras: [camera] });
    if (this.#followers.size === 0) this.close();
  }

  #start(): void {
    this.#look = setInterval(() => this.#check(), lookEveryMs);
    this.#open();
  }

  #open(): void {
    const socket = this.#options.open();
    this.#socket = socket;
    this.#bases.clear();
    this.#openedAt = this.#now();
    this.#heardAt = this.#openedAt;
    socket.addEventListener('open', () => {
      if (this.#socket === socket) this.#say({ type: 'subscribe', cameras: [...this.#followers.keys()] });
    });
    socket.addEventListener('message', ({ data }) => this.#take(String(data)));
    socket.addEventListener('close', () => this.#lost(socket));
  }

  #lost(socket: WebSocket): void {
    if (this.#socket !== socket) return;
    this.#socket = undefined;
    const heldMs = this.#now() - this.#openedAt;
    this.#retry = setTimeout(() => this.#open(), this.#backOff.next({ heldMs }));
  }

  /** A network that has gone says nothing: a word is asked for, and without an answer the socket is given up. */
  #check(): void {
    const now = this.#now();
    for (const [camera, at] of this.#deniedAt) {
      if (now - at < askAgainMs) continue;
      this.#deniedAt.set(camera, now);
      this.#say({ type: 'subscribe', cameras: [camera] });
    }
    const socket = this.#socket;
    if (!socket || now - this.#heardAt < quietMs) return;
    if (now - this.#heardAt >= 2 * quietMs) {
      socket.close();
      this.#lost(socket);
    } else if (now - this.#askedAt >= quietMs) {
      this.#askedAt = now;
      this.#say({ type: 'subscribe', cameras: [...this.#followers.keys()].slice(0, 1) });
    }
  }

  #say(request: OverlayRequest): void {
    if (this.connected && request.cameras.length > 0) this.#socket?.send(JSON.stringify(request));
  }

  #take(text: string): void {
    this.#heardAt = this.#now();
    const message = parse(text);
    switch (message?.type) {
      case 'detection':
        if (message.base) this.#bases.set(baseNameOf(message.detection), message.detection);
        return this.#seen(message.detection, message.traceparent);
      case 'delta': {
        const base = [...this.#bases.values()].find(
          ({ id, camera }) => id === message.base && camera === message.camera,
        );
        const detection = base && applyDelta(base, message.delta);
        return detection && this.#seen(detection, message.traceparent);
      }
      case 'camera':
        this.#deniedAt.delete(message.camera);
        return this.#tell(message.camera, (follower) => follower.onCamera(message));
      case 'denied':
        if (this.#followers.has(message.camera)) this.#deniedAt.set(message.camera, this.#heardAt);
        return this.#tell(message.camera, (follower) => follower.onDenied());
    }
  }

  #seen(detection: Detection, traceparent: string | undefined): void {
    const arrived = { detection, traceparent, at: this.#heardAt };
    this.#tell(detection.camera, (follower) => follower.onDetection(arrived));
  }

  #tell(camera: string, what: (follower: Follower) => void): void {
    for (const follower of this.#followers.get(camera) ?? []) what(follower);
  }
}

const baseNameOf = ({ camera, worker, source }: Detection) => JSON.stringify([camera, worker.id, source]);

const Message = z.discriminatedUnion('type', [...OverlayMessage.options, OverlayDelta]);

function parse(text: string): z.infer<typeof Message> | undefined {
  try {
    return Message.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The socket of this page. */
export const overlaySocket = new OverlaySocket({
  open: () =>
    new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/overlay`, [
      overlayProtocols.delta,
      overlayProtocols.native,
    ]),
});
