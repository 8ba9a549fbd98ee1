import { z } from 'zod';
import { Id, Instant, Traceparent, Uuid } from './ids.ts';

/** Who caused an event: a signed-in user, a service by itself, or a worker at the edge. */
export const Actor = z.object({ kind: z.enum(['user', 'service', 'edge']), id: z.string().min(1).max(200) });
export type Actor = z.infer<typeof Actor>;

/** What every event carries besides its data. `schema` is the version of the event type's data. */
export const Metadata = z
  .object({
    schema: z.int().min(1),
    site: Id.optional(),
    actor: Actor.optional(),
    correlation: z.string().max(200).optional(),
    causation: z.string().max(200).optional(),
    traceparent: Traceparent.optional(),
  })
  .meta({ id: 'Metadata' });
export type Metadata = z.infer<typeof Metadata>;

/** One event as consumers of JetStream stream `LOG` read it. `position` is its place in the whole log, contiguous from 1. */
export const LogMessage = z
  .object({
    position: z.int().min(1),
    stream: z.string(),
    streamPosition: z.int().min(1),
    id: Uuid,
    type: z.string(),
    data: z.unknown(),
    metadata: Metadata,
    occurredAt: Instant,
    recordedAt: Instant,
  })
  .meta({ id: 'LogMessage' });
export type LogMessage = z.infer<typeof LogMessage>;
