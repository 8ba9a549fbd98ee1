import { meaningOf } from '../meanings.ts';
import type { Outcome } from '../outcome.ts';

/** What ffmpeg and ffprobe say of the camera on stderr, and what it means; the first that fits counts. */
const ofCamera: readonly [RegExp, Outcome][] = [
  [/401 Unauthorized/i, meaningOf('wrong_credentials')],
  [/403 Forbidden/i, meaningOf('forbidden')],
  [/404 (Stream )?Not Found/i, meaningOf('no_stream')],
  [/5XX Server Error/i, meaningOf('camera_error')],
  [/Connection refused/i, meaningOf('refused')],
  [/No route to host|Network is unreachable/i, meaningOf('no_route')],
  [/timed out|Operation not permitted.*timeout/i, meaningOf('timeout')],
  [/Protocol .* not on whitelist/i, meaningOf('protocol')],
];

/** Contexts in which ffmpeg speaks of what it sends, not of what it reads. */
const sending = /^\[(WHIP muxer|out#|vost#|vf#|http|dtls|srtp|udp)\b/;
/** Failures on the way to the media server; its goodbye (DELETE) at the end of every stream is none. */
const lostOnTheWay = /Failed to (request|write|read from)|HTTP error|Could not write header|Error muxing|ICE|DTLS/;

/** The meaning of a program's last words, which may blame the camera or the media server; `otherwise` when unknown. */
export function classify(stderr: string, otherwise: Outcome): Outcome {
  const { sent = [], read = [] } = Object.groupBy(stderr.split('\n'), (line) => (sending.test(line) ? 'sent' : 'read'));
  const said = read.join('\n');
  const known = ofCamera.find(([pattern]) => pattern.test(said))?.[1];
  if (known) return known;
  if (sent.some((line) => lostOnTheWay.test(line) && !line.includes('DELETE'))) return meaningOf('media_server');
  return /Failed reading RTSP data: End of file/.test(said) ? meaningOf('camera_ended') : otherwise;
}
