import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { asyncApi, openApiOf, type ServiceName } from '@sightline/contracts';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Guard } from './guard.ts';
import { answerProblem, notFound } from './http-errors.ts';
import { guardRoutes } from './http-guard.ts';
import { traceRequests } from './http-trace.ts';
import type { Logger } from './logger.ts';
import { addOperations, type Check } from './operations.ts';

export interface AppOptions {
  service: ServiceName;
  logger: Logger;
  guard: Guard;
  /** Origins whose pages may change something; see `PUBLIC_ORIGIN`. */
  origins: readonly string[];
  /** What must work for this service to be ready, by name. */
  checks: Record<string, Check>;
  bodyLimit?: number;
}

/**
 * The HTTP side that every service shares: guarded routes, problem answers (RFC 9457), traces, rate limit, health, metrics
 * and its own OpenAPI. Register routes with `implement`; it never listens by itself.
 */
export async function buildHttp(options: AppOptions): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    loggerInstance: options.logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: 'loopback, uniquelocal',
    bodyLimit: options.bodyLimit ?? 256 * 1024,
    forceCloseConnections: true,
    requestTimeout: 30_000,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerProblem);
  app.setNotFoundHandler(notFound);
  await app.register(cookie);
  await app.register(helmet, { global: true });
  await app.register(rateLimit, { max: 600, timeWindow: '1 minute', keyGenerator: callerOf });
  traceRequests(app);
  guardRoutes(app, options);
  addOperations(app, options);
  serveDocument(app, `/api/${options.service}/openapi.json`, openApiOf(options.service));
  serveDocument(app, `/api/${options.service}/asyncapi.json`, asyncApi());
  return app;
}

/** Who a request counts for: the session, because many people share an address; the address where nobody signed in. */
const callerOf = ({ principal, ip }: FastifyRequest): string => (principal ? `session ${principal.session}` : ip);

function serveDocument(app: FastifyInstance, url: string, document: Record<string, unknown>): void {
  app.get(url, { config: { access: 'public' } }, () => document);
}
