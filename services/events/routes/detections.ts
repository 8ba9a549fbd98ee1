import { Readable } from 'node:stream';
import { type Detection, endpoints, type OverlayMessage } from '@sightline/contracts';
import { implement, maySee, notVisible, type Principal } from '@sightline/service';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../deps.ts';

/** What AI saw, and what could not be taken. */
export function detectionRoutes(app: FastifyInstance, { store, search, directory }: Deps): void {
  const visible = (principal: Principal, camera: string) => {
    const entry = directory.find(camera);
    if (!entry || !maySee(principal, entry.area)) throw notVisible('camera');
    return camera;
  };

  implement(app, endpoints.listDetections, async ({ query, principal }) =>
    search.detections({ camera: visible(principal, query.camera), ...stretchOf(query) }, query),
  );

  implement(app, endpoints.searchObjects, async ({ query, principal }) => {
    const all = directory.list().filter(({ area, site }) => maySee(principal, area) && site === (query.site ?? site));
    const cameras = query.camera ? [visible(principal, query.camera)] : all.map(({ camera }) => camera);
    return search.objects(cameras, { ...query, ...stretchOf(query) });
  });

  implement(app, endpoints.trackPath, async ({ query, principal }) => {
    visible(principal, query.camera);
    return { path: await search.path({ ...query, ...stretchOf(query) }) };
  });

  implement(app, endpoints.playDetections, async ({ query, principal, reply }) => {
    const stretch = { camera: visible(principal, query.camera), ...stretchOf(query) };
    reply.type('application/x-ndjson');
    return Readable.from(lines(search.playback(stretch)));
  });

  implement(app, endpoints.listDeadLetters, async ({ query }) => ({
    deadLetters: await store.deadLetters(query.limit),
  }));
}

const stretchOf = ({ from, to }: { from?: string | undefined; to?: string | undefined }) => ({
  fromUs: from ? Date.parse(from) * 1000 : 0,
  toUs: to ? Date.parse(to) * 1000 : Number.MAX_SAFE_INTEGER,
});

async function* lines(detections: AsyncGenerator<Detection>): AsyncGenerator<string> {
  for await (const detection of detections) {
    const message: OverlayMessage = { type: 'detection', detection };
    yield `${JSON.stringify(message)}\n`;
  }
}
