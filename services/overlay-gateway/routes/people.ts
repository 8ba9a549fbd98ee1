import { endpoints } from '@sightline/contracts';
import { implement } from '@sightline/service';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../deps.ts';

/** How many people a change to a camera touches. */
export function peopleRoute(app: FastifyInstance, { people }: Deps): void {
  implement(app, endpoints.countPeople, async ({ params }) => ({ people: await people.count(params.id) }));
}
