import { type Outcome, outcome } from '../outcome.ts';

/** What ffmpeg and ffprobe say on stderr, and what it means; the first that fits counts. */
const meanings: readonly [RegExp, Outcome][] = [
  [/401 Unauthorized/i, outcome('unauthorised', 'wrong_credentials', 'The camera refuses user or password (401).')],
  [
    /403 Forbidden/i,
    outcome('unauthorised', 'forbidden', 'The camera forbids this stream (403): check the rights of its user.'),
  ],
  [
    /404 (Stream )?Not Found/i,
    outcome('unreachable', 'no_stream', 'The camera answers, but has no stream at this path (404): check the path.'),
  ],
  [
    /Connection refused/i,
    outcome('unreachable', 'refused', 'The camera refuses the connection: nothing listens on this port.'),
  ],
  [
    /No route to host|Network is unreachable/i,
    outcome('unreachable', 'no_route', 'There is no way to the camera: check network and power.'),
  ],
  [/timed out|Operation not permitted.*timeout/i, outcome('unreachable', 'timeout', 'The camera stopped answering.')],
  [
    /Protocol .* not on whitelist/i,
    outcome('unsupported', 'protocol', 'The camera asks for a protocol that is not allowed.'),
  ],
  [/ice|dtls|whip/i, outcome('connecting', 'media_server', 'The media server could not be reached; trying again.')],
];

/** The meaning of a program's last words; `otherwise` when none of them is known. */
export function classify(stderr: string, otherwise: Outcome): Outcome {
  return meanings.find(([pattern]) => pattern.test(stderr))?.[1] ?? otherwise;
}
