import { cookies, type EndpointAccess } from '@sightline/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Guard, Principal } from './guard.ts';
import { ProblemError } from './problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call the route; a route without it does not start. */
    access?: EndpointAccess;
  }
  interface FastifyRequest {
    /** Who is calling; null on public routes. */
    principal: Principal | null;
  }
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Denies by default: every route states its access, every unsafe request comes from an allowed origin. */
export function guardRoutes(app: FastifyInstance, options: { guard: Guard; origins: readonly string[] }): void {
  app.decorateRequest('principal', null);
  app.addHook('onRoute', (route) => {
    if (!route.config?.access) throw new Error(`Route ${route.method} ${route.url} does not state who may use it.`);
  });
  app.addHook('onRequest', async (request) => {
    const access = request.routeOptions.config.access;
    if (access === undefined) return;
    if (!safeMethods.has(request.method)) assertOrigin(request, options.origins);
    if (access === 'public') return;
    request.principal = await options.guard.verify(tokenOf(request));
    if (access === 'administrator' && request.principal.role !== 'administrator') {
      throw new ProblemError(403, 'Only an administrator may do this.', {
        code: 'forbidden',
        expected: 'role administrator',
        got: 'role viewer',
      });
    }
  });
}

/** The caller of a guarded route. */
export function principalOf(request: FastifyRequest): Principal {
  if (!request.principal) throw new ProblemError(401, 'Nobody is signed in.', { code: 'not_signed_in' });
  return request.principal;
}

/** The access token of a request: `Authorization: Bearer`, or the browser's cookie. */
export function tokenOf(request: FastifyRequest): string | undefined {
  const bearer = request.headers.authorization?.match(/^Bearer (.+)$/)?.[1];
  return bearer ?? request.cookies[cookies.access];
}

/** Browsers always name the origin on unsafe requests; programs that send none carry no cookies of a browser. */
export function assertOrigin(request: FastifyRequest, origins: readonly string[]): void {
  const origin = request.headers.origin;
  const crossSite = request.headers['sec-fetch-site'] === 'cross-site';
  if ((origin === undefined && !crossSite) || (origin !== undefined && origins.includes(origin))) return;
  throw new ProblemError(403, 'This page may not call Sightline.', {
    code: 'origin',
    expected: `an origin of ${origins.join(', ')}`,
    got: origin ?? 'none, from another site',
  });
}
