import type { FeedState, Reason } from '@sightline/contracts';

/** What a feed is in, and why, in words for a site engineer. */
export interface Outcome {
  state: FeedState;
  reason: Reason;
}

export const outcome = (state: FeedState, code: string, text: string): Outcome => ({ state, reason: { code, text } });

/** An attempt that came to nothing, with its outcome. */
export class FeedError extends Error {
  override name = 'FeedError';
  readonly outcome: Outcome;

  constructor(of: Outcome) {
    super(of.reason.text);
    this.outcome = of;
  }
}

/** There is no way to the camera's stream. */
export const unreachable = (code: string, text: string): FeedError => new FeedError(outcome('unreachable', code, text));
