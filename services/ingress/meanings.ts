import type { FeedState } from '@sightline/contracts';
import { FeedError, type Outcome, outcome } from './outcome.ts';

/** What a feed can come to, however it is found out, by its code: always in the same words. */
const meanings = {
  wrong_credentials: ['unauthorised', 'The camera refuses user or password (401).'],
  forbidden: ['unauthorised', 'The camera forbids this stream (403): check the rights of its user.'],
  no_stream: ['unreachable', 'The camera answers, but has no stream at this path (404): check the path.'],
  camera_error: ['unreachable', 'The camera answers with an error of its own (5xx): it may be busy, or starting.'],
  refused: [
    'unreachable',
    'The camera refuses the connection: nothing listens on this port, or the camera is starting.',
  ],
  no_route: ['unreachable', 'There is no way to the camera: check the network, and that the camera has power.'],
  timeout: ['unreachable', 'The camera does not answer, or has stopped to.'],
  protocol: ['unsupported', 'The camera asks for a protocol that is not allowed.'],
  camera_ended: ['connecting', 'The camera ended the stream; connecting again.'],
  media_server: ['connecting', 'The media server could not be reached; trying again.'],
} satisfies Record<string, [FeedState, string]>;

type Code = keyof typeof meanings;

export function meaningOf(code: Code): Outcome {
  const [state, text] = meanings[code];
  return outcome(state, code, text);
}

/** The attempt has come to this. */
export const failedBy = (code: Code): FeedError => new FeedError(meaningOf(code));

/** The meaning of a code that another program told; `otherwise` when it has none. */
export const meaningOfCode = (code: string, otherwise: Outcome): Outcome =>
  Object.hasOwn(meanings, code) ? meaningOf(code as Code) : otherwise;
