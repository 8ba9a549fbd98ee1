import { z } from 'zod';
import { type Endpoint, endpoints, Problem } from './http/index.ts';
import type { ServiceName } from './services.ts';

type JsonObject = Record<string, unknown>;

const content = (schema: z.ZodType, io: 'input' | 'output', type = 'application/json') => ({
  [type]: { schema: jsonSchema(schema, io) },
});

/** JSON Schema 2020-12 of a zod schema, as OpenAPI 3.1 takes it. `io` tells apart what is sent in and what comes out. */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, reused: 'inline', unrepresentable: 'any' });
  return rest;
}

/** The OpenAPI 3.1 document of one service, made from its endpoints. */
export function openApiOf(service: ServiceName): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const [operationId, endpoint] of Object.entries<Endpoint>(endpoints)) {
    if (endpoint.service !== service) continue;
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(operationId, endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: `Sightline ${service}`,
      version: '1.0.0',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: 'sl_access' },
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
    },
  };
}

function operation(operationId: string, endpoint: Endpoint): JsonObject {
  return {
    operationId,
    summary: endpoint.summary,
    'x-access': endpoint.access,
    security: endpoint.access === 'public' ? [] : [{ cookie: [] }, { bearer: [] }],
    parameters: [...parameters('path', endpoint.params), ...parameters('query', endpoint.query)],
    ...(endpoint.body ? { requestBody: { required: true, content: content(endpoint.body, 'input') } } : {}),
    responses: { ...successes(endpoint), default: failure },
  };
}

const failure = { description: 'What went wrong', content: content(Problem, 'output', 'application/problem+json') };

function successes(endpoint: Endpoint): JsonObject {
  const entries = Object.entries(endpoint.responses).map(([status, schema]) => [
    status,
    status === '204' ? { description: 'Done' } : { description: 'Done', content: content(schema, 'output') },
  ]);
  return Object.fromEntries(entries);
}

function parameters(place: 'path' | 'query', schema: z.ZodType | undefined): JsonObject[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries<z.ZodType>(schema.shape).map(([name, part]) => ({
    name,
    in: place,
    required: place === 'path' || !part.safeParse(undefined).success,
    schema: jsonSchema(part, 'input'),
  }));
}
