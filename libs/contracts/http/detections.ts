import { z } from 'zod';
import { Detection } from '../detection.ts';
import { Id, Instant } from '../ids.ts';
import { endpoint } from './endpoint.ts';

/** A worker's message that could not be taken, with the reason. The payload is cut to 4 KiB. */
export const DeadLetter = z
  .object({
    id: z.string(),
    at: Instant,
    reason: z.string(),
    source: z.enum(['stream', 'channel', 'edge']),
    payload: z.string(),
  })
  .meta({ id: 'DeadLetter' });
export type DeadLetter = z.infer<typeof DeadLetter>;

/** What AI saw, from storage. */
export const detectionEndpoints = {
  listDetections: endpoint({
    service: 'events',
    method: 'GET',
    path: '/api/detections',
    summary: 'Detections of one camera, newest first',
    access: 'signed-in',
    query: z.object({
      camera: Id,
      from: Instant.optional(),
      to: Instant.optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
    }),
    responses: { 200: z.object({ detections: z.array(Detection) }) },
  }),
  listDeadLetters: endpoint({
    service: 'events',
    method: 'GET',
    path: '/api/dead-letters',
    summary: 'Worker messages that could not be taken, newest first',
    access: 'administrator',
    query: z.object({ limit: z.coerce.number().int().min(1).max(1000).default(100) }),
    responses: { 200: z.object({ deadLetters: z.array(DeadLetter) }) },
  }),
} as const;
