import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { failedBy } from './meanings.ts';
import { type FeedError, unreachable } from './outcome.ts';

const connectMs = 4_000;
/** What comes late may still come: a line that holds everything back for a while is no dead one (ms). */
const answerMs = 12_000;
/** A DESCRIBE that is answered sooner than this tells enough of the way; a slower one may be the camera's own work (ms). */
const promptMs = 250;
const defaultPort = { 'rtsp:': 554, 'rtsps:': 322 } as const;

interface Answer {
  status: number;
  tookMs: number;
}

/**
 * Asks the camera what it says to a DESCRIBE without credentials (RFC 2326, 10.2), before any program is started: quick to
 * tell what is wrong, and the place where a redirect is refused, since ffmpeg would follow it anywhere. Returns how long an
 * answer takes on this way (ms): no picture comes sooner. Throws {@link FeedError}, also when `signal` aborts.
 */
export async function knock(url: URL, signal: AbortSignal): Promise<number> {
  const socket = await dial(url, signal);
  const hangUp = () => socket.destroy();
  signal.addEventListener('abort', hangUp, { once: true });
  try {
    const described = await ask(socket, url, { verb: 'DESCRIBE', number: 1 });
    refuseStatus(described.status);
    if (described.tookMs < promptMs) return described.tookMs;
    return (await ask(socket, url, { verb: 'OPTIONS', number: 2 }).catch(() => described)).tookMs;
  } finally {
    signal.removeEventListener('abort', hangUp);
    socket.destroy();
  }
}

function refuseStatus(status: number): void {
  if (status >= 300 && status < 400) throw redirects(status);
  if (status === 404 || status === 454) throw failedBy('no_stream');
  if (status === 403) throw failedBy('forbidden');
  if (status >= 500) throw failedBy('camera_error');
}

const redirects = (status: number) =>
  unreachable(
    'redirected',
    `The camera redirects elsewhere (${status}), which is not followed: enter the address it redirects to.`,
  );

/** One request and the status of its answer; the first answer on a connection is taken whatever number it bears. */
function ask(socket: Socket, url: URL, { verb, number }: { verb: string; number: number }): Promise<Answer> {
  const askedAt = performance.now();
  const pattern =
    number === 1 ? /^RTSP\/1\.\d (\d{3})/ : new RegExp(`RTSP/1\\.\\d (\\d{3})[^]*?CSeq:\\s*${number}\\b`, 'i');
  return new Promise((resolve, reject) => {
    let text = '';
    const fail = (code: string, words: string) => reject(unreachable(code, words));
    socket.setTimeout(answerMs, () => fail('timeout', `The camera does not answer within ${answerMs / 1000} s.`));
    socket.on('error', (error: NodeJS.ErrnoException) => reject(connectError(error)));
    socket.on('close', () => fail('not_rtsp', `The camera closed the connection without an RTSP answer.`));
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      const status = pattern.exec(text)?.[1];
      if (status !== undefined)
        return resolve({ status: Number(status), tookMs: Math.round(performance.now() - askedAt) });
      const spoken = text.length >= 200 || text.includes('\n');
      if (number === 1 && spoken) fail('not_rtsp', `The camera does not speak RTSP.`);
    });
    socket.write(
      `${verb} ${url.href} RTSP/1.0\r\nCSeq: ${number}\r\nAccept: application/sdp\r\nUser-Agent: Sightline\r\n\r\n`,
    );
  });
}

function dial(url: URL, signal: AbortSignal): Promise<Socket> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const secure = url.protocol === 'rtsps:';
  const port = Number(url.port) || defaultPort[secure ? 'rtsps:' : 'rtsp:'];
  return new Promise((resolve, reject) => {
    const giveUp = () => fail(unreachable('stopped', 'Stopped.'));
    const connected = () => {
      socket.removeAllListeners('timeout');
      signal.removeEventListener('abort', giveUp);
      resolve(socket);
    };
    const socket: Socket = secure
      ? connectTls({ host, port, rejectUnauthorized: false }, connected)
      : connect({ host, port }, connected);
    const fail = (error: FeedError) => {
      signal.removeEventListener('abort', giveUp);
      socket.destroy();
      reject(error);
    };
    if (signal.aborted) return giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    socket.setTimeout(connectMs, () =>
      fail(unreachable('timeout', `The camera does not answer within ${connectMs / 1000} s.`)),
    );
    socket.on('error', (error: NodeJS.ErrnoException) => fail(connectError(error)));
  });
}

function connectError({ code = 'unknown' }: NodeJS.ErrnoException): FeedError {
  switch (code) {
    case 'ECONNREFUSED':
      return failedBy('refused');
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return failedBy('no_route');
    case 'ETIMEDOUT':
      return failedBy('timeout');
    case 'ECONNRESET':
      return unreachable('reset', 'The camera broke the connection off.');
    default:
      return unreachable('connection', `The camera cannot be reached (${code}).`);
  }
}
