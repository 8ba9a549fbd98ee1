import { endpoints } from '@sightline/contracts';
import { implement } from '@sightline/service';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../deps.ts';

/** How the whole system is. Answers also while Postgres, NATS and every other service are away. */
export function statusRoutes(app: FastifyInstance, { status }: Deps): void {
  implement(app, endpoints.getStatus, ({ request }) =>
    status.view({ proxied: request.headers['x-forwarded-host'] !== undefined }),
  );
}
