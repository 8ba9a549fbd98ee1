import { endpoints } from '@sightline/contracts';
import { implement, notVisible } from '@sightline/service';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../deps.ts';
import { thumbnailOf } from '../thumbnails.ts';
import { searchTrackFacts } from '../track-search.ts';
import { camerasOf, stretchOf, visibleCamera } from './scope.ts';

/** What tracks did, and how they looked. */
export function trackRoutes(app: FastifyInstance, { pool, directory, logger }: Deps): void {
  implement(app, endpoints.searchTrackFacts, async ({ query, principal }) =>
    searchTrackFacts(pool, camerasOf(directory, principal, query), { ...query, ...stretchOf(query) }),
  );

  implement(app, endpoints.trackThumbnail, async ({ query, principal, reply }) => {
    visibleCamera(directory, principal, query.camera);
    const jpeg = await thumbnailOf(pool, query);
    if (!jpeg) throw notVisible('thumbnail');
    logger.info({ user: principal.user, camera: query.camera, track: query.track }, 'thumbnail shown');
    reply.type('image/jpeg').header('cache-control', 'private, max-age=60');
    return jpeg;
  });
}
