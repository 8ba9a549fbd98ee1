import { type Credentials, endpoints, type SourceInput } from '@sightline/contracts';
import { implement, ProblemError } from '@sightline/service';
import type { FastifyInstance } from 'fastify';
import type { Probed } from '../ffmpeg/probe.ts';
import { FeedError } from '../outcome.ts';

/** Tries a source. Throws {@link FeedError}. */
export type ProbeSource = (url: string, credentials: Credentials | undefined) => Promise<Probed>;

/** Trying a source before it is saved. */
export function probeRoutes(app: FastifyInstance, probeSource: ProbeSource): void {
  implement(app, endpoints.probeSource, async ({ body }) => {
    const { url, credentials } = separate(body);
    try {
      const { copyable, ...media } = await probeSource(url, credentials);
      const text = copyable
        ? 'The camera can be carried as it is.'
        : `The camera would be transcoded from ${media.codec}.`;
      return {
        state: 'live' as const,
        reason: { code: copyable ? 'live' : 'transcoded', text },
        media: { ...media, transcoded: !copyable },
      };
    } catch (error) {
      if (error instanceof FeedError) return error.outcome;
      throw error;
    }
  });
}

function separate({ url: text, username, password }: SourceInput): {
  url: string;
  credentials: Credentials | undefined;
} {
  if (!URL.canParse(text) || !/^rtsps?:$/.test(new URL(text).protocol)) {
    throw new ProblemError(400, 'This is not an RTSP URL.', {
      code: 'source',
      expected: 'an URL like rtsp://192.168.1.20:554/stream1',
      got: 'something else',
      hint: 'Correct the URL of the source.',
    });
  }
  const url = new URL(text);
  const user = username ?? decodeURIComponent(url.username);
  const secret = password ?? decodeURIComponent(url.password);
  url.username = '';
  url.password = '';
  return { url: url.href, credentials: user || secret ? { username: user, password: secret } : undefined };
}
