import { type CameraMessage, OverlayMessage, overlayProtocols } from '@sightline/contracts';
import type { Arrived } from './timing.ts';

/** What somebody who follows a camera is told. */
export interface Follower {
  onDetection(arrived: Arrived): void;
  onCamera(message: CameraMessage): void;
  onDenied(): void;
}

const firstPauseMs = 300;
const longestPauseMs = 5_000;

/** The one WebSocket to the overlay gateway: opened again for ever, with everything subscribed to anew. */
export class OverlaySocket {
  readonly #url: string;
  readonly #followers = new Map<string, Set<Follower>>();
  #socket: WebSocket | undefined;
  #pauseMs = firstPauseMs;

  constructor(url: string) {
    this.#url = url;
  }

  /** Follows a camera; returns how to stop that. */
  follow(camera: string, follower: Follower): () => void {
    const followers = this.#followers.get(camera) ?? new Set();
    followers.add(follower);
    this.#followers.set(camera, followers);
    if (!this.#socket) this.#open();
    else if (followers.size === 1) this.#say('subscribe', [camera]);
    return () => {
      followers.delete(follower);
      if (followers.size > 0 || this.#followers.get(camera) !== followers) return;
      this.#followers.delete(camera);
      this.#say('unsubscribe', [camera]);
    };
  }

  #open(): void {
    const socket = new WebSocket(this.#url, overlayProtocols.native);
    this.#socket = socket;
    socket.addEventListener('open', () => {
      this.#pauseMs = firstPauseMs;
      if (this.#followers.size > 0) this.#say('subscribe', [...this.#followers.keys()]);
    });
    socket.addEventListener('message', ({ data }) => this.#take(String(data)));
    socket.addEventListener('close', () => this.#openLater());
  }

  #openLater(): void {
    this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
    setTimeout(() => this.#open(), this.#pauseMs * (0.5 + Math.random() / 2));
  }

  #say(type: 'subscribe' | 'unsubscribe', cameras: string[]): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify({ type, cameras }));
  }

  #take(text: string): void {
    const parsed = OverlayMessage.safeParse(JSON.parse(text));
    if (!parsed.success) return;
    const message = parsed.data;
    if (message.type === 'detection') {
      const arrived = { detection: message.detection, traceparent: message.traceparent, at: performance.now() };
      for (const follower of this.#followers.get(message.detection.camera) ?? []) follower.onDetection(arrived);
    } else if (message.type === 'camera') {
      for (const follower of this.#followers.get(message.camera) ?? []) follower.onCamera(message);
    } else if (message.type === 'denied') {
      for (const follower of this.#followers.get(message.camera) ?? []) follower.onDenied();
    }
  }
}

export const overlaySocket = new OverlaySocket(
  `${globalThis.location?.protocol === 'https:' ? 'wss' : 'ws'}://${globalThis.location?.host}/overlay`,
);
