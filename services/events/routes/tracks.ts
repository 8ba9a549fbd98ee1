import { endpoints } from '@sightline/contracts';
import { implement } from '@sightline/service';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../deps.ts';
import { searchTrackFacts } from '../track-search.ts';
import { camerasOf, stretchOf } from './scope.ts';

/** What tracks did. */
export function trackRoutes(app: FastifyInstance, { pool, directory }: Deps): void {
  implement(app, endpoints.searchTrackFacts, async ({ query, principal }) =>
    searchTrackFacts(pool, camerasOf(directory, principal, query), { ...query, ...stretchOf(query) }),
  );
}
