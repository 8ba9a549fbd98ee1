import type { z } from 'zod';
import type { ServiceName } from '../services.ts';

/** Who may call: anybody, whoever is signed in (then narrowed by area in the handler), or an administrator. */
export type EndpointAccess = 'public' | 'signed-in' | 'administrator';

/** One HTTP route as a contract: services implement it, clients call it, OpenAPI describes it. */
export interface Endpoint {
  service: ServiceName;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path with `:name` parameters (Fastify's form). */
  path: string;
  summary: string;
  access: EndpointAccess;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /** Schema of each success status; every failure is a {@link Problem}. */
  responses: Record<number, z.ZodType>;
}

/** Keeps the literal types of an endpoint, so that handlers and clients are typed by it. */
export const endpoint = <const E extends Endpoint>(definition: E): E => definition;
