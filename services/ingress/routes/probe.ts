import { type Credentials, endpoints } from '@sightline/contracts';
import { implement, parseSource } from '@sightline/service';
import type { FastifyInstance } from 'fastify';
import { FeedError } from '../outcome.ts';
import type { Probed } from '../publisher.ts';

/** Tries a source. Throws {@link FeedError}. */
export type ProbeSource = (url: string, credentials: Credentials | undefined) => Promise<Probed>;

/** Trying a source before it is saved. */
export function probeRoutes(app: FastifyInstance, probeSource: ProbeSource): void {
  implement(app, endpoints.probeSource, async ({ body }) => {
    const { url, credentials } = parseSource(body);
    try {
      const { copyable, ...media } = await probeSource(url, credentials);
      const text = copyable
        ? 'The camera can be carried as it is.'
        : `The camera would be transcoded from ${media.codec}.`;
      return {
        state: 'live' as const,
        reason: { code: copyable ? 'live' : 'transcoded', text },
        media: { ...media, transcoded: !copyable },
      };
    } catch (error) {
      if (error instanceof FeedError) return error.outcome;
      throw error;
    }
  });
}
