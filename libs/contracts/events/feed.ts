import { z } from 'zod';
import { Id, Instant, Uuid } from '../ids.ts';

/** What a camera's feed is doing, as the ingress that pulls it sees it. */
export const FeedState = z
  .enum(['connecting', 'live', 'stalled', 'unreachable', 'unauthorised', 'unsupported', 'disabled'])
  .meta({ id: 'FeedState' });
export type FeedState = z.infer<typeof FeedState>;

/** Why a feed is in its state: a code for programs, a sentence that a site engineer understands. Never holds credentials. */
export const Reason = z.object({ code: z.string().max(60), text: z.string().max(500) }).meta({ id: 'Reason' });
export type Reason = z.infer<typeof Reason>;

/** What stands on an edge fact besides its payload: facts of an older epoch, or a sequence already seen, are dropped. */
export const EdgeFact = z.object({
  id: Uuid,
  site: Id,
  camera: Id,
  epoch: z.int().min(0),
  sequence: z.int().min(0),
  ingress: Id,
  occurredAt: Instant,
});

/** Events of a camera's feed, seen at the edge, on stream `feed-<camera>`. */
export const feedEvents = {
  FeedStateChanged: EdgeFact.extend({ state: FeedState, reason: Reason }),
} as const;

/** A fact on JetStream stream `EDGE`. */
export const FeedStateChanged = feedEvents.FeedStateChanged.meta({ id: 'FeedStateChanged' });
export type FeedStateChanged = z.infer<typeof FeedStateChanged>;
