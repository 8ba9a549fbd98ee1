/** A frame as it came from the network, before the jitter buffer: its name and its RTP time. */
export interface NamedFrame {
  /** RTP time stamp (90 kHz, modulo 2³²). */
  rtp: number;
  /** {@link frameKey} of its coded bytes; undefined where those have none (not H.264). */
  key: string | undefined;
  /** When it came: ms since 1970 from the worker, `performance.now()` in the page. */
  receivedAt: number;
}

/** What the page says to the naming worker, and what comes back. */
export type NamesRequest = { type: 'ping' };
export type NamesMessage = { type: 'frames'; id: number; frames: NamedFrame[] } | { type: 'pong' };
