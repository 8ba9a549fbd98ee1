import type { IncomingHttpHeaders } from 'node:http';
import { endpoints, proxyVersionHeader } from '@sightline/contracts';
import { implement } from '@sightline/service';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../deps.ts';
import type { ReverseProxy } from '../status-parts.ts';

/** How the whole system is. Answers also while Postgres, NATS and every other service are away. */
export function statusRoutes(app: FastifyInstance, { status }: Deps): void {
  implement(app, endpoints.getStatus, ({ request }) => status.view(proxyOf(request.headers)));
}

function proxyOf(headers: IncomingHttpHeaders): ReverseProxy | undefined {
  if (headers['x-forwarded-host'] === undefined) return undefined;
  const version = headers[proxyVersionHeader];
  return typeof version === 'string' ? { version: version.replace(/^v/, '').slice(0, 60) } : {};
}
