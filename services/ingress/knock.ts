import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { FeedError } from './outcome.ts';

const timeoutMs = 4_000;
const defaultPort = { 'rtsp:': 554, 'rtsps:': 322 } as const;

/**
 * Asks the camera what it says to a DESCRIBE without credentials (RFC 2326, 10.2), before any program is started: quick to
 * tell what is wrong, and the place where a redirect is refused, since ffmpeg would follow it anywhere. Throws {@link FeedError}.
 */
export async function knock(url: URL): Promise<void> {
  const status = await describe(url);
  if (status >= 300 && status < 400) {
    throw new FeedError(
      'unreachable',
      'redirected',
      `The camera redirects elsewhere (${status}), which is not followed: enter the address it redirects to.`,
    );
  }
  if (status === 404 || status === 454) {
    throw new FeedError(
      'unreachable',
      'no_stream',
      `The camera answers, but has no stream at this path (${status}): check the path.`,
    );
  }
  if (status === 403)
    throw new FeedError(
      'unauthorised',
      'forbidden',
      'The camera forbids this stream (403): check the rights of its user.',
    );
  if (status >= 500)
    throw new FeedError('unreachable', 'camera_error', `The camera answers with an error of its own (${status}).`);
}

function describe(url: URL): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = open(url);
    const fail = (error: FeedError) => {
      socket.destroy();
      reject(error);
    };
    let text = '';
    socket.setTimeout(timeoutMs, () =>
      fail(new FeedError('unreachable', 'timeout', `${url.host} does not answer within ${timeoutMs / 1000} s.`)),
    );
    socket.on('error', (error: NodeJS.ErrnoException) => fail(connectError(url, error)));
    socket.on('close', () =>
      fail(new FeedError('unreachable', 'not_rtsp', `${url.host} closed the connection without an RTSP answer.`)),
    );
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      const status = /^RTSP\/1\.\d (\d{3})/.exec(text)?.[1];
      if (status === undefined && text.length < 200 && !text.includes('\n')) return;
      socket.destroy();
      if (status === undefined) reject(new FeedError('unreachable', 'not_rtsp', `${url.host} does not speak RTSP.`));
      else resolve(Number(status));
    });
    socket.write(
      `DESCRIBE ${url.href} RTSP/1.0\r\nCSeq: 1\r\nAccept: application/sdp\r\nUser-Agent: Sightline\r\n\r\n`,
    );
  });
}

function open(url: URL): Socket {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const secure = url.protocol === 'rtsps:';
  const port = Number(url.port) || defaultPort[secure ? 'rtsps:' : 'rtsp:'];
  return secure ? connectTls({ host, port, rejectUnauthorized: false }) : connect({ host, port });
}

function connectError(url: URL, { code = 'unknown' }: NodeJS.ErrnoException): FeedError {
  const texts: Record<string, [string, string]> = {
    ECONNREFUSED: [
      'refused',
      `${url.host} refuses the connection: nothing listens on this port, or the camera is starting.`,
    ],
    EHOSTUNREACH: ['no_route', `There is no way to ${url.hostname}: check the network and that the camera has power.`],
    ENETUNREACH: ['no_route', `There is no way to the network of ${url.hostname}.`],
    ETIMEDOUT: ['timeout', `${url.host} does not answer.`],
    ECONNRESET: ['reset', `${url.host} broke the connection off.`],
  };
  const [reason, text] = texts[code] ?? ['connection', `${url.host} cannot be reached (${code}).`];
  return new FeedError('unreachable', reason, text);
}
