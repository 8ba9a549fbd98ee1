import { z } from 'zod';

/** An id of a site, area, camera, user or worker: safe as a NATS token, a LiveKit identity and a path segment (NATS ADR-6). */
export const Id = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, '1 to 64 of A-Z a-z 0-9 _ -, not beginning with _ or -')
  .meta({ id: 'Id', examples: ['north-gate'] });

/** A name that people read: 1 to 100 characters, no control characters. */
export const Name = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}]*$/u, 'no control characters')
  .meta({ id: 'Name', examples: ['North gate'] });

/** An instant as ISO 8601 in UTC. */
export const Instant = z.iso.datetime().meta({ id: 'Instant', examples: ['2026-11-24T10:00:00.000Z'] });

/** A UUID; Sightline makes version 7 (RFC 9562), whose order is the order of time. */
export const Uuid = z.uuid().meta({ id: 'Uuid' });

/** W3C Trace Context `traceparent`. */
export const Traceparent = z
  .string()
  .regex(/^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/, 'a W3C traceparent')
  .meta({ id: 'Traceparent' });
