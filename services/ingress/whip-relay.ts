import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Logger } from '@sightline/service';

/** Where an offer goes and with which token; known to the relay only. */
export interface WhipTarget {
  room: string;
  identity: string;
}

interface RelayOptions {
  livekit: string;
  tokenFor(target: WhipTarget): Promise<string>;
  logger: Logger;
}

const maxBody = 256 * 1024;

/**
 * A signalling relay on loopback between ffmpeg's WHIP muxer and LiveKit (RFC 9725). It adds the bearer token, which so
 * never stands among ffmpeg's arguments, and drops the ICE candidates that ffmpeg cannot use: it tries the first one only,
 * and that must be UDP over IPv4. No media goes through it.
 */
export class WhipRelay {
  readonly #options: RelayOptions;
  readonly #targets = new Map<string, WhipTarget>();
  readonly #server: Server;

  private constructor(options: RelayOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async listen(options: RelayOptions): Promise<WhipRelay> {
    const relay = new WhipRelay(options);
    await new Promise<void>((resolve) => relay.#server.listen(0, '127.0.0.1', resolve));
    return relay;
  }

  /** An URL for one attempt of one camera, which nobody can guess; good until `close` is called. */
  open(target: WhipTarget): { url: string; close(): void } {
    const key = randomBytes(24).toString('base64url');
    this.#targets.set(key, target);
    const address = this.#server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    return { url: `http://127.0.0.1:${port}/${key}`, close: () => void this.#targets.delete(key) };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const [, key = '', ...rest] = (request.url ?? '').split('/');
      const target = this.#targets.get(key);
      if (!target) return send(response, 404, 'No camera is being published here.');
      await this.#forward(request, response, { key, target, resource: rest.join('/') });
    } catch (error) {
      this.#options.logger.warn({ err: error }, 'media server not reached for signalling');
      send(response, 502, 'The media server cannot be reached.');
    }
  }

  async #forward(
    request: IncomingMessage,
    response: ServerResponse,
    { key, target, resource }: { key: string; target: WhipTarget; resource: string },
  ): Promise<void> {
    const { livekit, tokenFor } = this.#options;
    const upstream = resource ? `${livekit}/${resource}` : `${livekit}/whip/v1`;
    const body = await readBody(request);
    const answer = await fetch(upstream, {
      method: request.method ?? 'POST',
      headers: {
        authorization: `Bearer ${await tokenFor(target)}`,
        'content-type': request.headers['content-type'] ?? 'application/sdp',
      },
      ...(body.length > 0 ? { body } : {}),
      signal: AbortSignal.timeout(8_000),
    });
    const location = answer.headers.get('location');
    const path = location && new URL(location, livekit).pathname.slice(1);
    const text = usableCandidates(await answer.text());
    send(response, answer.status, text || '\n', {
      'content-type': answer.headers.get('content-type') ?? 'text/plain',
      ...(path ? { location: `/${key}/${path}` } : {}),
    });
  }
}

/** Leaves only ICE candidates that ffmpeg can use: UDP over IPv4 (RFC 8839, a=candidate). */
export function usableCandidates(sdp: string): string {
  return sdp
    .split(/\r?\n/)
    .filter(
      (line) => !line.startsWith('a=candidate:') || /^a=candidate:\S+ \d+ udp \d+ \d+\.\d+\.\d+\.\d+ /i.test(line),
    )
    .join('\r\n');
}

/** ffmpeg's HTTP reader takes neither chunks nor a connection that stays open; an empty body it calls a failure. */
function send(response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' });
  response.end(body);
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
    if (body.length > maxBody) throw new Error('offer too large');
  }
  return body;
}
