import { type Outcome, outcome } from './outcome.ts';

/** What a feed can come to, however it is found out, by its code: always in the same words. */
const meanings = {
  wrong_credentials: outcome('unauthorised', 'wrong_credentials', 'The camera refuses user or password (401).'),
  forbidden: outcome(
    'unauthorised',
    'forbidden',
    'The camera forbids this stream (403): check the rights of its user.',
  ),
  no_stream: outcome(
    'unreachable',
    'no_stream',
    'The camera answers, but has no stream at this path (404): check the path.',
  ),
  camera_error: outcome(
    'unreachable',
    'camera_error',
    'The camera answers with an error of its own (5xx): it may be busy, or starting.',
  ),
  refused: outcome(
    'unreachable',
    'refused',
    'The camera refuses the connection: nothing listens on this port, or the camera is starting.',
  ),
  no_route: outcome(
    'unreachable',
    'no_route',
    'There is no way to the camera: check the network, and that the camera has power.',
  ),
  timeout: outcome('unreachable', 'timeout', 'The camera does not answer, or has stopped to.'),
  protocol: outcome('unsupported', 'protocol', 'The camera asks for a protocol that is not allowed.'),
  camera_ended: outcome('connecting', 'camera_ended', 'The camera ended the stream; connecting again.'),
  media_server: outcome('connecting', 'media_server', 'The media server could not be reached; trying again.'),
} satisfies Record<string, Outcome>;

type Code = keyof typeof meanings;

export const meaningOf = (code: Code): Outcome => meanings[code];

/** The meaning of a code that another program told; `otherwise` when it has none. */
export const meaningOfCode = (code: string, otherwise: Outcome): Outcome =>
  Object.hasOwn(meanings, code) ? meanings[code as Code] : otherwise;
