import type { Stack } from '@sightline/infra/embedded/stack';
import WebSocket from 'ws';
import { until } from './until.ts';

/** A client of `/overlay` as an integrator writes it. */
export interface OverlayClient {
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came
  messages: any[];
  socket: WebSocket;
  closed: { code: number | undefined };
  subscribe(...cameras: string[]): void;
  /** Waits for a message that fits. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  seen(what: string, fits: (message: any) => boolean): Promise<any>;
}

interface OverlayOptions {
  cookie: string;
  protocol?: string;
  origin?: string;
}

/** Opens the WebSocket through the one origin; rejects with the HTTP status when it is refused. */
export function openOverlay(
  stack: Stack,
  { cookie, protocol = 'sightline.v1', origin = stack.url }: OverlayOptions,
): Promise<OverlayClient> {
  const socket = new WebSocket(`${stack.url.replace('http', 'ws')}/overlay`, protocol, {
    headers: { cookie, origin },
    handshakeTimeout: 10_000,
  });
  const client: OverlayClient = {
    messages: [],
    socket,
    closed: { code: undefined },
    subscribe: (...cameras) => socket.send(JSON.stringify({ type: 'subscribe', cameras })),
    seen: (what, fits) => until(what, async () => client.messages.find(fits)),
  };
  socket.on('message', (data) => client.messages.push(JSON.parse(String(data))));
  socket.on('close', (code) => Object.assign(client.closed, { code }));
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(client));
    socket.once('unexpected-response', (request, response) => {
      request.destroy();
      reject(new Error(String(response.statusCode)));
    });
    socket.once('error', reject);
  });
}
