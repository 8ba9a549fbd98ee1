import type { z } from 'zod';
import { Detection } from './detection.ts';
import { domainEvents, FeedStateChanged } from './events/index.ts';
import { LogMessage } from './log.ts';
import { jsonSchema } from './openapi.ts';
import { OverlayDelta, OverlayMessage, OverlayRequest, overlayProtocols } from './overlay.ts';
import { SealHead } from './seal.ts';
import { subjects } from './subjects.ts';
import { FlatDetection, NativeDetection, redisKeys, WorkerThumbnails } from './worker.ts';

interface Channel {
  address: string;
  server: 'nats' | 'redis' | 'origin';
  summary: string;
  /** Seen from Sightline: `send` is what others receive. */
  action: 'send' | 'receive';
  messages: Record<string, z.ZodType>;
}

const channels: Record<string, Channel> = {
  log: {
    address: 'log.{site}.{noun}.{id}',
    server: 'nats',
    summary: 'Every domain event, from JetStream stream LOG. Keep `position`, not the sequence of the stream.',
    action: 'send',
    messages: { LogMessage },
  },
  seal: {
    address: subjects.seal,
    server: 'nats',
    summary: 'Signed heads of the chain over the log, from JetStream stream SEAL, for whoever keeps them elsewhere.',
    action: 'send',
    messages: { SealHead },
  },
  edge: {
    address: 'edge.{site}.{noun}.{id}',
    server: 'nats',
    summary: 'Facts seen at the edge, on JetStream stream EDGE, before they enter the log.',
    action: 'receive',
    messages: { FeedStateChanged },
  },
  detections: {
    address: 'det.{site}.{camera}',
    server: 'nats',
    summary: 'Fast lane: what AI saw, one message a frame; newest wins, nothing is kept.',
    action: 'send',
    messages: { Detection },
  },
  workers: {
    address: redisKeys.stream,
    server: 'redis',
    summary:
      'Where AI workers write: XADD to the stream, or PUBLISH on the channel of the same name (not kept); thumbnails go beside a detection as field `thumbnails`.',
    action: 'receive',
    messages: { NativeDetection, FlatDetection, WorkerThumbnails },
  },
  overlay: {
    address: '/overlay',
    server: 'origin',
    summary: `WebSocket, subprotocol ${overlayProtocols.native}; ${overlayProtocols.delta} sends OverlayDelta too, ${overlayProtocols.flat} FlatDetection instead.`,
    action: 'send',
    messages: { OverlayMessage, OverlayDelta, FlatDetection },
  },
  overlayRequests: {
    address: '/overlay',
    server: 'origin',
    summary: 'What a client says on the same WebSocket.',
    action: 'receive',
    messages: { OverlayRequest },
  },
};

/** The AsyncAPI 3 document of everything that does not go over HTTP. */
export function asyncApi(): Record<string, unknown> {
  const entries = Object.entries(channels);
  return {
    asyncapi: '3.0.0',
    info: { title: 'Sightline', version: '1.0.0', license: { name: 'Apache-2.0' } },
    servers: {
      nats: { host: 'nats:4222', protocol: 'nats' },
      redis: { host: 'redis:6379', protocol: 'redis' },
      origin: { host: 'localhost', protocol: 'wss' },
    },
    channels: Object.fromEntries(entries.map(([name, channel]) => [name, channelObject(channel)])),
    operations: Object.fromEntries(
      entries.map(([name, { action, summary }]) => [
        name,
        { action, summary, channel: { $ref: `#/channels/${name}` } },
      ]),
    ),
    components: { schemas: Object.fromEntries(domainSchemas()) },
  };
}

function channelObject({ address, server, messages }: Channel) {
  const parameters = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, {}]);
  return {
    address,
    servers: [{ $ref: `#/servers/${server}` }],
    ...(parameters.length > 0 ? { parameters: Object.fromEntries(parameters) } : {}),
    messages: Object.fromEntries(
      Object.entries(messages).map(([name, schema]) => [
        name,
        { name, contentType: 'application/json', payload: jsonSchema(schema, 'output') },
      ]),
    ),
  };
}

/** The data of each domain event type: what stands in `LogMessage.data`. */
function* domainSchemas(): Generator<[string, unknown]> {
  for (const [type, schema] of Object.entries(domainEvents)) yield [type, jsonSchema(schema, 'output')];
}
