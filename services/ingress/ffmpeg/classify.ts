import { mediaServerAway, type Outcome, outcome } from '../outcome.ts';

/** What ffmpeg and ffprobe say of the camera on stderr, and what it means; the first that fits counts. */
const ofCamera: readonly [RegExp, Outcome][] = [
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
    /5XX Server Error/i,
    outcome(
      'unreachable',
      'camera_error',
      'The camera answers with an error of its own (5xx): it may be busy, or starting.',
    ),
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
];

/** Contexts in which ffmpeg speaks of what it sends, not of what it reads. */
const sending = /^\[(WHIP muxer|out#|vost#|vf#|http|dtls|srtp|udp)\b/;
/** Failures on the way to the media server; its goodbye (DELETE) at the end of every stream is none. */
const lostOnTheWay = /Failed to (request|write|read from)|HTTP error|Could not write header|Error muxing|ICE|DTLS/;
const cameraEnded = outcome('connecting', 'camera_ended', 'The camera ended the stream; connecting again.');

/** The meaning of a program's last words, which may blame the camera or the media server; `otherwise` when unknown. */
export function classify(stderr: string, otherwise: Outcome): Outcome {
  const { sent = [], read = [] } = Object.groupBy(stderr.split('\n'), (line) => (sending.test(line) ? 'sent' : 'read'));
  const said = read.join('\n');
  const known = ofCamera.find(([pattern]) => pattern.test(said))?.[1];
  if (known) return known;
  if (sent.some((line) => lostOnTheWay.test(line) && !line.includes('DELETE'))) return mediaServerAway;
  return /Failed reading RTSP data: End of file/.test(said) ? cameraEnded : otherwise;
}

/** The meaning that has this code; `otherwise` when none has. */
export function meaningOfCode(code: string, otherwise: Outcome): Outcome {
  const known = [...ofCamera.map(([, meaning]) => meaning), mediaServerAway, cameraEnded];
  return known.find(({ reason }) => reason.code === code) ?? otherwise;
}
