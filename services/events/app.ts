import { buildHttp, type Check } from '@sightline/service';
import type { FastifyInstance } from 'fastify';
import type { Deps } from './deps.ts';
import { detectionRoutes } from './routes/detections.ts';
import { trackRoutes } from './routes/tracks.ts';

/** The HTTP side of events. */
export async function buildApp(deps: Deps, checks: Record<string, Check> = {}): Promise<FastifyInstance> {
  const app = await buildHttp({
    service: 'events',
    logger: deps.logger,
    guard: deps.guard,
    origins: deps.origins,
    checks,
  });
  detectionRoutes(app, deps);
  trackRoutes(app, deps);
  return app;
}
