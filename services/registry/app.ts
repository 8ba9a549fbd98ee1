import { buildHttp, type Check } from '@sightline/service';
import type { FastifyInstance } from 'fastify';
import type { Deps } from './deps.ts';
import { cameraRoutes } from './routes/cameras.ts';
import { siteRoutes } from './routes/sites.ts';
import { statusRoutes } from './routes/status.ts';

/** The HTTP side of the registry. */
export async function buildApp(deps: Deps, checks: Record<string, Check> = {}): Promise<FastifyInstance> {
  const app = await buildHttp({
    service: 'registry',
    logger: deps.logger,
    guard: deps.guard,
    origins: deps.origins,
    checks,
  });
  siteRoutes(app, deps);
  cameraRoutes(app, deps);
  statusRoutes(app, deps);
  return app;
}
