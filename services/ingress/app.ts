import { buildHttp, type Check, type Guard, type Logger } from '@sightline/service';
import type { FastifyInstance } from 'fastify';
import { type ProbeSource, probeRoutes } from './routes/probe.ts';

/** What the routes of the ingress work with. */
export interface Deps {
  logger: Logger;
  guard: Guard;
  origins: readonly string[];
  probeSource: ProbeSource;
}

/** The HTTP side of the ingress. */
export async function buildApp(deps: Deps, checks: Record<string, Check> = {}): Promise<FastifyInstance> {
  const app = await buildHttp({
    service: 'ingress',
    logger: deps.logger,
    guard: deps.guard,
    origins: deps.origins,
    checks,
  });
  probeRoutes(app, deps.probeSource);
  return app;
}
