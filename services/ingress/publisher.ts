import type { Credentials } from '@sightline/contracts';
import type { Outcome } from './outcome.ts';

/** What a source turned out to be. */
export interface Probed {
  codec: string;
  width: number;
  height: number;
  framesPerSecond: number | null;
  /** Whether LiveKit and browsers take it as it is: H.264 without B-frames. */
  copyable: boolean;
}

/** What is to be published where. */
export interface Publishing {
  url: URL;
  credentials: Credentials | undefined;
  media: Probed;
  room: string;
  identity: string;
}

/** A publication's state; `moving` once pictures have come, and while they come. */
export interface PublicationStats {
  /** Pictures sent since the start. */
  frames: number;
  /** When the last one went (ms of the monotonic clock); undefined before the first. */
  lastFrameAt: number | undefined;
  /** How far the stream lies behind where it was at its best (ms). */
  lagMs: number;
  transcoded: boolean;
}

/** One running publication of a camera into a room. */
export interface Publication {
  stats(): PublicationStats;
  /** Resolves when it has ended by itself or was stopped, with what it ended of. */
  ended: Promise<Outcome>;
  stop(): Promise<void>;
}

/** Carries a source into a room: see ffmpeg/ and pass-through/. */
export interface Publisher {
  start(publishing: Publishing): Publication;
}
