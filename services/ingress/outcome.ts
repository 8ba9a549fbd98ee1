import type { FeedState, Reason } from '@sightline/contracts';

/** What a feed is in, and why, in words for a site engineer. */
export interface Outcome {
  state: FeedState;
  reason: Reason;
}

export const outcome = (state: FeedState, code: string, text: string): Outcome => ({ state, reason: { code, text } });

/** Nobody's fault at the camera. */
export const mediaServerAway = outcome(
  'connecting',
  'media_server',
  'The media server could not be reached; trying again.',
);

/** An attempt that came to nothing, with its outcome. */
export class FeedError extends Error {
  override name = 'FeedError';
  readonly outcome: Outcome;

  constructor(state: FeedState, code: string, text: string) {
    super(text);
    this.outcome = outcome(state, code, text);
  }
}
