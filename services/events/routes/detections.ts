import { endpoints } from '@sightline/contracts';
import { implement, maySee, notVisible } from '@sightline/service';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../deps.ts';

/** What AI saw, and what could not be taken. */
export function detectionRoutes(app: FastifyInstance, { store, directory }: Deps): void {
  implement(app, endpoints.listDetections, async ({ query, principal }) => {
    const entry = directory.find(query.camera);
    if (!entry || !maySee(principal, entry.area)) throw notVisible('camera');
    const fromUs = query.from ? Date.parse(query.from) * 1000 : 0;
    const toUs = query.to ? Date.parse(query.to) * 1000 : Number.MAX_SAFE_INTEGER;
    return { detections: await store.find({ camera: query.camera, fromUs, toUs, limit: query.limit }) };
  });

  implement(app, endpoints.listDeadLetters, async ({ query }) => ({
    deadLetters: await store.deadLetters(query.limit),
  }));
}
