import { type Endpoint, Problem } from '@sightline/contracts/http/index';
import type { z } from 'zod';

type Part<E, Name extends string> = E extends { [K in Name]: infer Schema extends z.ZodType }
  ? z.input<Schema>
  : undefined;
type Answer<E extends Endpoint> = z.output<E['responses'][keyof E['responses']]>;

/** The parts of a request, as its endpoint wants them. */
export interface CallParts<E extends Endpoint> {
  params?: Part<E, 'params'>;
  query?: Part<E, 'query'>;
  body?: Part<E, 'body'>;
  /** Gives the request up. */
  signal?: AbortSignal | undefined;
}

const timeoutMs = 30_000;
/** What a browser sends although its page goes must be smaller than that (bytes). */
const keepaliveBelow = 60_000;
/** Refusals that pass by themselves: a token that ran out while sign-in was away, too slow, too often. */
const passing: readonly number[] = [401, 408, 429];

/** A refusal by a service, as its problem document says it; code `unreachable` when no service answered. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(inWords(problem));
    this.problem = problem;
  }

  get unreachable(): boolean {
    return this.problem.code === 'unreachable';
  }

  /** Whether the request itself is at fault, so that the same one is refused again: not when only its time was wrong. */
  get refused(): boolean {
    const { status } = this.problem;
    return status >= 400 && status < 500 && !passing.includes(status);
  }
}

/** What happened, what was expected and came instead, and what to do. */
function inWords({ detail, expected, got, hint }: Problem): string {
  const difference = expected && `Expected ${expected}${got ? `, got ${got}` : ''}.`;
  return [detail, difference, hint].filter(Boolean).join(' ');
}

/** Sends one request to an endpoint of the contracts and parses the answer. Throws {@link ApiError}. */
export async function send<E extends Endpoint>(endpoint: E, parts: CallParts<E> = {}): Promise<Answer<E>> {
  const answer = await reach(endpoint, parts);
  const text = await answer.text();
  if (!answer.ok) throw new ApiError(toProblem(endpoint, answer, text));
  return parseAnswer(endpoint, answer.status, text);
}

async function reach<E extends Endpoint>(endpoint: E, { params, query, body, signal }: CallParts<E>) {
  const timeout = AbortSignal.timeout(timeoutMs);
  const text = body === undefined ? '' : JSON.stringify(body);
  try {
    return await fetch(urlOf(endpoint.path, params, query), {
      method: endpoint.method,
      ...(text ? { headers: { 'content-type': 'application/json' }, body: text } : {}),
      keepalive: endpoint.method !== 'GET' && new TextEncoder().encode(text).length < keepaliveBelow,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(unreachable(endpoint.service, 'no answer'));
  }
}

/** Fills `:name` parameters in and appends what is defined of the query. Exported for its tests. */
export function urlOf(path: string, params: object | undefined, query: object | undefined): string {
  const values = new Map(Object.entries(params ?? {}));
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(values.get(name))));
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return given.length > 0 ? `${filled}?${search}` : filled;
}

/** The contract gives the schema of each status, so what it parses is what the endpoint's type says. */
function parseAnswer<E extends Endpoint>(endpoint: E, status: number, text: string): Answer<E> {
  const schema = endpoint.responses[status] ?? Object.values(endpoint.responses)[0];
  return schema?.parse(text ? JSON.parse(text) : undefined) as Answer<E>;
}

function toProblem({ service }: Endpoint, answer: Response, text: string): Problem {
  try {
    return Problem.parse(JSON.parse(text));
  } catch {
    return unreachable(service, `status ${answer.status}`);
  }
}

const unreachable = (service: string, got: string): Problem => ({
  type: 'about:blank',
  title: 'Not reachable',
  status: 503,
  code: 'unreachable',
  detail: `The ${service} service cannot be reached now (${got}).`,
  hint: 'Try again in a moment.',
});
