import { z } from 'zod';
import { FeedMedia } from '../desired.ts';
import { FeedState, Reason } from '../events/feed.ts';
import { SourceInput } from './cameras.ts';
import { endpoint } from './endpoint.ts';

/** What a probe of a source found: `live` means that it could be carried. */
export const ProbeResult = z
  .object({ state: FeedState, reason: Reason, media: FeedMedia.optional() })
  .meta({ id: 'ProbeResult' });
export type ProbeResult = z.infer<typeof ProbeResult>;

/** What the site's ingress does on request. */
export const ingressEndpoints = {
  probeSource: endpoint({
    service: 'ingress',
    method: 'POST',
    path: '/api/ingress/probe',
    summary: 'Try a source from the site before it is saved',
    access: 'administrator',
    body: SourceInput,
    responses: { 200: ProbeResult },
  }),
} as const;
