import { STATUS_CODES } from 'node:http';
import { isSpanContextValid, trace } from '@opentelemetry/api';
import type { Problem } from '@sightline/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { ProblemError } from './problem.ts';

/** Answers an error as problem+json. What nobody expected is logged whole and told in general words only. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error);
  if (problem.status >= 500) request.log.error({ err: error, route: request.routeOptions.url }, 'request failed');
  return send(reply, problem);
}

/** Answers a path that no route has. */
export function notFound(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return send(reply, {
    type: 'about:blank',
    title: 'Not Found',
    status: 404,
    detail: 'There is nothing at this path.',
  });
}

function send(reply: FastifyReply, problem: Problem): FastifyReply {
  const span = trace.getActiveSpan()?.spanContext();
  const traceId = span && isSpanContextValid(span) ? span.traceId : undefined;
  reply.status(problem.status).type('application/problem+json');
  return reply.serializer(JSON.stringify).send({ ...problem, ...(traceId ? { traceId } : {}) });
}

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.toProblem(titleOf(error.status));
  if (hasZodFastifySchemaValidationErrors(error)) return invalid(error);
  const status = clientStatus(error);
  const detail =
    status < 500 && error instanceof Error ? error.message : 'Something went wrong here; it has been logged.';
  return { type: 'about:blank', title: titleOf(status), status, detail };
}

const titleOf = (status: number) => STATUS_CODES[status] ?? 'Error';

function clientStatus(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}

/** The values themselves are never repeated: they may be a password. */
function invalid(error: {
  validation: { instancePath: string; message?: string }[];
  validationContext?: string;
}): Problem {
  const [first] = error.validation;
  const field = first?.instancePath.replace(/^\//, '').replaceAll('/', '.') || error.validationContext || 'body';
  return {
    type: 'about:blank',
    title: titleOf(400),
    status: 400,
    code: 'invalid',
    detail: error.validation
      .map(
        (issue) =>
          `${issue.instancePath.replace(/^\//, '').replaceAll('/', '.') || field}: ${issue.message ?? 'invalid'}`,
      )
      .join('; '),
    expected: first?.message ?? 'a valid request',
    got: `something else in ${field}`,
    hint: `Correct ${field} and send it again.`,
  };
}
