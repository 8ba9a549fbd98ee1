import { Readable } from 'node:stream';
import { type Detection, endpoints, type OverlayMessage } from '@sightline/contracts';
import { implement } from '@sightline/service';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../deps.ts';
import { camerasOf, stillVisible, stretchOf, visibleCamera } from './scope.ts';

/** What AI saw, and what could not be taken. */
export function detectionRoutes(app: FastifyInstance, { store, search, directory, guard }: Deps): void {
  implement(app, endpoints.listDetections, async ({ query, principal }) =>
    search.detections({ camera: visibleCamera(directory, principal, query.camera), ...stretchOf(query) }, query),
  );

  implement(app, endpoints.searchObjects, async ({ query, principal }) => {
    return search.objects(camerasOf(directory, principal, query), { ...query, ...stretchOf(query) });
  });

  implement(app, endpoints.trackPath, async ({ query, principal }) => {
    visibleCamera(directory, principal, query.camera);
    return { path: await search.path({ ...query, ...stretchOf(query) }) };
  });

  implement(app, endpoints.playDetections, async ({ query, principal, reply }) => {
    const stretch = { camera: visibleCamera(directory, principal, query.camera), ...stretchOf(query) };
    const check = () => stillVisible({ directory, guard }, principal, query.camera);
    reply.type('application/x-ndjson');
    return Readable.from(lines(search.playback(stretch, check)));
  });

  implement(app, endpoints.listDeadLetters, async ({ query }) => ({
    deadLetters: await store.deadLetters(query.limit),
  }));
}

async function* lines(detections: AsyncGenerator<Detection>): AsyncGenerator<string> {
  for await (const detection of detections) {
    const message: OverlayMessage = { type: 'detection', detection };
    yield `${JSON.stringify(message)}\n`;
  }
}
