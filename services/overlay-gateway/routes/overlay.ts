import type {} from '@fastify/websocket';
import { lifetimes, overlayCloseCodes, overlayProtocols } from '@sightline/contracts';
import { assertOrigin, ProblemError, principalOf } from '@sightline/service';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import type { Deps } from '../deps.ts';
import { measures } from '../metrics.ts';
import { Outbox, type WireFormat } from '../outbox.ts';
import { senderTo } from '../sender.ts';
import { Viewer } from '../viewer.ts';

const pingEveryMs = 15_000;
const formats = new Map<string, WireFormat>([
  [overlayProtocols.delta, 'delta'],
  [overlayProtocols.flat, 'flat'],
]);

/** The WebSocket `/overlay`: boxes and states of the cameras that a client follows and may see. */
export function overlayRoute(app: FastifyInstance, deps: Deps): void {
  app.route({
    method: 'GET',
    url: '/overlay',
    config: { access: 'signed-in' },
    preValidation: async (request) => {
      assertOrigin(request, deps.origins);
      assertProtocol(request);
    },
    handler: () => {
      throw new ProblemError(426, 'This is a WebSocket.', {
        code: 'upgrade',
        expected: 'Upgrade: websocket',
        got: 'a plain request',
      });
    },
    wsHandler: (socket, request) => serve(socket, request, deps),
  });
}

function assertProtocol(request: FastifyRequest): void {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  const known = Object.values(overlayProtocols);
  if (known.some((name) => offered.includes(name))) return;
  throw new ProblemError(400, 'The client speaks no subprotocol of ours.', {
    code: 'subprotocol',
    expected: known.join(' or '),
    got: offered.join(', ') || 'none',
    hint: `new WebSocket(url, '${overlayProtocols.native}')`,
  });
}

function serve(socket: WebSocket, request: FastifyRequest, deps: Deps): void {
  const { guard, directory, fanout, flusher, statuses } = deps;
  const { log } = request;
  const stream = request.raw.socket;
  const outbox = new Outbox({
    sender: senderTo(socket, stream),
    format: formats.get(socket.protocol) ?? 'native',
    flusher,
    onDrop: () => measures.dropped.inc(),
  });
  const viewer = new Viewer(principalOf(request), outbox, {
    guard,
    directory,
    follow: (camera, each, filter) => {
      fanout.follow(camera, each, filter);
      each.outbox.say(statuses.messageOf(camera));
    },
    unfollow: (camera, each) => fanout.unfollow(camera, each),
    close: (code, reason) => socket.close(code, reason),
  });
  const recheck = () => viewer.recheck();
  const stops = [guard.onChange(recheck), directory.onChange(recheck), keepAlive(socket), endLater(socket)];
  measures.sockets.inc();
  socket.on('message', (data, binary) => viewer.receive(binary ? '' : data.toString()));
  socket.on('pong', (mark) => outbox.acknowledge(mark.toString('latin1')));
  stream.on('drain', () => outbox.resume());
  socket.on('error', (error) => log.debug({ err: error }, 'overlay socket failed'));
  socket.on('close', () => {
    measures.sockets.dec();
    for (const stop of stops) stop();
    viewer.end();
  });
}

/** Ends a socket that does not answer a ping until the next one (RFC 6455, 5.5.2). */
function keepAlive(socket: WebSocket): () => void {
  let alive = true;
  socket.on('pong', () => {
    alive = true;
  });
  const timer = setInterval(() => {
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
  }, pingEveryMs);
  return () => clearInterval(timer);
}

/** No socket outlives a session: the client opens another with its cookie of then. */
function endLater(socket: WebSocket): () => void {
  const close = () => socket.close(overlayCloseCodes.sessionEnded, 'Open the socket again.');
  const timer = setTimeout(close, lifetimes.sessionSeconds * 1000);
  return () => clearTimeout(timer);
}
