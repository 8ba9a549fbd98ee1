import { z } from 'zod';
import { FeedState } from '../events/feed.ts';
import { Id, Instant } from '../ids.ts';
import { serviceNames } from '../services.ts';
import { endpoint } from './endpoint.ts';

/** Real parts that services lean on, as the status names them. */
export const partNames = ['postgres', 'redis', 'nats', 'livekit', 'caddy'] as const;

/** Whether a thing that a copy needs works, and why not. */
export const NeedView = z.object({
  name: z.string().max(40),
  works: z.boolean(),
  error: z.string().max(500).optional(),
});
export type NeedView = z.infer<typeof NeedView>;

/** How far something is behind what it follows; `value` is null while that cannot be told. */
export const LagView = z.object({
  name: z.string().max(60),
  value: z.number().min(0).nullable(),
  unit: z.enum(['events', 'messages', 'seconds']),
});
export type LagView = z.infer<typeof LagView>;

/**
 * A worker's clock beside that of Redis. `delayMs`: from capture to arrival at the quickest, negative when captures lie in
 * the future (`ahead`); `driftPpm`: how fast that grows, 0 when it does not steadily, null before it can be told.
 */
export const ClockView = z
  .object({
    worker: z.string().max(140),
    state: z.enum(['plausible', 'ahead', 'behind or late', 'drifting']),
    delayMs: z.number(),
    driftPpm: z.number().nullable(),
  })
  .meta({ id: 'ClockView' });
export type ClockView = z.infer<typeof ClockView>;

/** What a copy of a service says of itself every few seconds, in KV `SERVICES` under `<service>.<instance>`. */
export const Presence = z
  .object({
    service: z.enum(serviceNames),
    instance: Id,
    version: z.string().max(40),
    startedAt: Instant,
    at: Instant,
    /** Everything that the copy needs works. */
    ready: z.boolean(),
    needs: z.array(NeedView),
    lags: z.array(LagView),
    /** Versions of parts, as the copy has learned them from the parts themselves. */
    versions: z.record(z.string(), z.string().max(60)),
    /** Clocks of workers that the copy hears; those that are wrong first. */
    clocks: z.array(ClockView).max(50).optional(),
  })
  .meta({ id: 'Presence' });
export type Presence = z.infer<typeof Presence>;

/** A copy of a service; `silent` means that nothing has been heard of it for a while: it is dead, paused or cut off. */
export const CopyView = Presence.omit({ service: true, ready: true, lags: true, versions: true, clocks: true }).extend({
  state: z.enum(['ready', 'not ready', 'silent']),
});
export type CopyView = z.infer<typeof CopyView>;

/** A real part as those who need it see it; `unknown` when nobody can tell. */
export const PartView = z.object({
  name: z.enum(partNames),
  state: z.enum(['works', 'fails', 'unknown']),
  version: z.string().optional(),
  /** Who says that it fails, and why. */
  error: z.string().optional(),
});
export type PartView = z.infer<typeof PartView>;

export const StatusView = z
  .object({
    at: Instant,
    /** Every service of the system, also one of which no copy is there. */
    services: z.array(z.object({ service: z.enum(serviceNames), copies: z.array(CopyView) })),
    parts: z.array(PartView),
    /** Lag of relay, projections and lanes: the copy that is furthest behind. */
    lags: z.array(LagView.extend({ service: z.enum(serviceNames) })),
    /** Clocks of AI workers, those that are wrong first. */
    clocks: z.array(ClockView),
    /** How many cameras are in each state, by the word of the ingress; `silent`: no ingress says anything of it. */
    cameras: z.array(z.object({ state: z.enum([...FeedState.options, 'silent']), count: z.int().min(0) })),
  })
  .meta({ id: 'StatusView' });
export type StatusView = z.infer<typeof StatusView>;

/** How the system is: the source of the console's status page. */
export const statusEndpoints = {
  getStatus: endpoint({
    service: 'registry',
    method: 'GET',
    path: '/api/status',
    summary: 'Every service and part, lags, and cameras by state',
    access: 'administrator',
    responses: { 200: StatusView },
  }),
} as const;
