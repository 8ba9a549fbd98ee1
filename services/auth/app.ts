import { buildHttp, type Check } from '@sightline/service';
import type { FastifyInstance } from 'fastify';
import type { Deps } from './deps.ts';
import { mediaRoutes } from './routes/media.ts';
import { preferenceRoutes } from './routes/preferences.ts';
import { sessionRoutes } from './routes/session.ts';
import { userRoutes } from './routes/users.ts';

/** The HTTP side of auth. */
export async function buildApp(deps: Deps, checks: Record<string, Check> = {}): Promise<FastifyInstance> {
  const app = await buildHttp({
    service: 'auth',
    logger: deps.logger,
    guard: deps.guard,
    origins: deps.origins,
    checks,
  });
  sessionRoutes(app, deps);
  userRoutes(app, deps);
  mediaRoutes(app, deps);
  preferenceRoutes(app, deps);
  return app;
}
