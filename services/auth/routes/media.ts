import { endpoints } from '@sightline/contracts';
import { implement, maySee, notVisible, ProblemError } from '@sightline/service';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Deps } from '../deps.ts';

/** Tokens of the media server, and the proxy's question before each connect to it. */
export function mediaRoutes(app: FastifyInstance, { media, log }: Deps): void {
  implement(app, endpoints.issueMediaToken, async ({ body: { area }, principal }) => {
    if (!maySee(principal, area)) throw notVisible('area');
    const { token, expiresAt } = await media.grant(principal, area);
    await log.append(`session-${principal.session}`, 'any', [
      {
        type: 'MediaGranted',
        data: { session: principal.session, user: principal.user, area },
        metadata: { actor: { kind: 'user', id: principal.user } },
      },
    ]);
    return { area, room: area, token, expiresAt: expiresAt.toISOString() };
  });

  implement(app, endpoints.admitMedia, async ({ principal, request }) => {
    const room = await media.roomOf(mediaTokenOf(request), principal);
    if (room === undefined || !maySee(principal, room)) {
      throw new ProblemError(403, 'This connection to the media server is not allowed.', {
        code: 'media_refused',
        expected: 'a media token of this session for an area that it may see',
        hint: 'Ask for a new token at /api/media-token.',
      });
    }
    return undefined;
  });
}

/**
 * livekit-client sends its token in the query of the signalling URL; the proxy passes that URL on in a header. Exactly one that
 * is strictly a JWT (RFC 7519): the media server reads queries by other rules, and must not find another than we do.
 */
function mediaTokenOf(request: FastifyRequest): string {
  const uri = request.headers['x-forwarded-uri'];
  if (typeof uri !== 'string') return '';
  const given = uri
    .split('?')
    .slice(1)
    .join('?')
    .split(/[&;]/)
    .filter((pair) => /^[^=]*access_token/i.test(decoded(pair)));
  const [token = ''] = given.map((pair) => pair.slice('access_token='.length));
  return given.length === 1 && /^access_token=[\w-]+\.[\w-]+\.[\w-]+$/.test(given[0] ?? '') ? token : '';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
