/** A frame as it came from the network, before the jitter buffer: its name and its RTP time. */
export interface NamedFrame {
  /** RTP time stamp (90 kHz, modulo 2³²). */
  rtp: number;
  /** {@link frameKey} of its coded bytes; undefined where those have none (not H.264). */
  key: string | undefined;
  /** When it came: `performance.now()` of the worker in its messages, of the page elsewhere (ms). */
  receivedAt: number;
}

/** What the page says to the naming worker, and what comes back. */
export type NamesRequest = { type: 'ping'; askedAt: number };
export type NamesMessage =
  | { type: 'frames'; id: number; frames: NamedFrame[] }
  | { type: 'pong'; askedAt: number; now: number };
