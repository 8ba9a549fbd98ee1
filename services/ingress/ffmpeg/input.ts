import type { Credentials } from '@sightline/contracts';

/** Protocols that ffmpeg may open for a camera: RTSP and what carries it, nothing else. */
const protocols = 'pipe,rtsp,rtp,tcp,udp,tls,crypto,srtp';

/** Arguments for an input that is named on standard input, where neither `ps` nor a log can see it. */
export const inputArguments = ['-protocol_whitelist', protocols, '-f', 'concat', '-safe', '0', '-i', 'pipe:0'] as const;

/** The list that goes to standard input (ffconcat, as the concat demuxer reads it): one RTSP source over TCP. */
export function inputList(url: URL, credentials: Credentials | undefined): string {
  const source = new URL(url);
  source.username = encodeURIComponent(credentials?.username ?? '');
  source.password = encodeURIComponent(credentials?.password ?? '');
  const quoted = source.href.replaceAll("'", '%27');
  const options = { rtsp_transport: 'tcp', timeout: '15000000', fflags: 'nobuffer', analyzeduration: '500000' };
  const lines = Object.entries(options).map(([name, value]) => `option ${name} ${value}`);
  return ['ffconcat version 1.0', `file '${quoted}'`, ...lines, ''].join('\n');
}
