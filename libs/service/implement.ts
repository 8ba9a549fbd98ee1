import type { Endpoint } from '@sightline/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Principal } from './guard.ts';
import { principalOf } from './http-guard.ts';

type Part<E, Name extends string> = E extends { [K in Name]: infer Schema extends z.ZodType }
  ? z.infer<Schema>
  : undefined;
type Answer<E extends Endpoint> = z.input<E['responses'][keyof E['responses']]>;

/** What a handler gets: parsed parts of the request, and who is calling (null on public routes only). */
export interface Call<E extends Endpoint> {
  params: Part<E, 'params'>;
  query: Part<E, 'query'>;
  body: Part<E, 'body'>;
  principal: E['access'] extends 'public' ? null : Principal;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** Registers the handler of a contract's endpoint: validated, guarded, answered with its first success status. */
export function implement<E extends Endpoint>(
  app: FastifyInstance,
  endpoint: E,
  handler: (call: Call<E>) => Promise<Answer<E>>,
): void {
  const { params, query, body, responses } = endpoint;
  const status = Number(Object.keys(responses)[0]);
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    config: { access: endpoint.access },
    schema: {
      ...(params ? { params } : {}),
      ...(query ? { querystring: query } : {}),
      ...(body ? { body } : {}),
      response: responses,
    },
    handler: async (request, reply) => {
      const answer = await handler(callOf(endpoint, request, reply));
      return reply.status(status).send(answer);
    },
  });
}

/** The validator has parsed these parts by the endpoint's own schemas before a handler sees them. */
function callOf<E extends Endpoint>(endpoint: E, request: FastifyRequest, reply: FastifyReply): Call<E> {
  const principal = endpoint.access === 'public' ? null : principalOf(request);
  const { params, query, body } = request;
  return { params, query, body, principal, request, reply } as Call<E>;
}
