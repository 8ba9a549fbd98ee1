import { type Endpoint, Problem } from '@sightline/contracts';
import type { z } from 'zod';

type Part<E, Name extends string> = E extends { [K in Name]: infer Schema extends z.ZodType }
  ? z.input<Schema>
  : undefined;
type Answer<E extends Endpoint> = z.output<E['responses'][keyof E['responses']]>;

interface CallParts<E extends Endpoint> {
  params?: Part<E, 'params'>;
  query?: Part<E, 'query'>;
  body?: Part<E, 'body'>;
}

/** A refusal by a service, as its problem document says it; status 0 when no service could be reached. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super([problem.detail, problem.hint].filter(Boolean).join(' '));
    this.problem = problem;
  }

  get unreachable(): boolean {
    return this.problem.code === 'unreachable';
  }
}

/** Calls an endpoint of the contracts. Throws {@link ApiError}. */
export async function call<E extends Endpoint>(endpoint: E, parts: CallParts<E> = {}): Promise<Answer<E>> {
  const answer = await send(endpoint, parts);
  const text = await answer.text();
  if (!answer.ok) throw new ApiError(toProblem(answer, text));
  const schema = endpoint.responses[answer.status] ?? Object.values(endpoint.responses)[0];
  return schema?.parse(text ? JSON.parse(text) : undefined) as Answer<E>;
}

async function send<E extends Endpoint>(endpoint: E, { params, query, body }: CallParts<E>): Promise<Response> {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(Object(params)[name])));
  const given = Object.entries(Object(query) as Record<string, unknown>).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  try {
    return await fetch(given.length > 0 ? `${path}?${search}` : path, {
      method: endpoint.method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
  } catch {
    throw new ApiError(unreachable(endpoint.service));
  }
}

function toProblem(answer: Response, text: string): Problem {
  try {
    return Problem.parse(JSON.parse(text));
  } catch {
    return unreachable(answer.url);
  }
}

const unreachable = (what: string): Problem => ({
  type: 'about:blank',
  title: 'Not reachable',
  status: 503,
  code: 'unreachable',
  detail: `The service (${what}) cannot be reached now.`,
  hint: 'It is tried again by itself.',
});
