import { buckets } from './desired.ts';
import type { ServiceName } from './services.ts';
import { streams } from './subjects.ts';
import { redisKeys } from './worker.ts';

/** What one service may touch outside itself. Whatever is not named is denied. */
export interface Access {
  /** NATS: subjects it may publish on and subscribe to. Its inbox is `_INBOX_<service>`. */
  nats: { publish: string[]; subscribe: string[] };
  /** Redis: rules of ACL SETUSER, without name and password; absent when it has no business there. */
  redis?: string[];
  /** Postgres: whether it owns a schema of its own name, what it may do with the log, and whether it chains it. */
  postgres?: { schema: string; log: 'append' | 'read'; seals?: true };
}

/** A connection of one's own in Redis: not CLIENT PAUSE, KILL or LIST, which are about everybody's. */
const connecting = ['+@connection', '-@dangerous'] as const;

/** Verbs of the JetStream API, of one stream: its name stands in the place of the first `*`. */
const streamApi = (stream: string, verbs: string[]) => verbs.map((verb) => `$JS.API.${verb.replace('*', stream)}`);

/** May make and mend the stream and read it; whoever owns a stream may do anything with that one. */
const owns = (stream: string) => [
  ...streamApi(stream, [
    'STREAM.CREATE.*',
    'STREAM.UPDATE.*',
    'STREAM.INFO.*',
    'STREAM.PURGE.*',
    'STREAM.MSG.GET.*',
    'DIRECT.GET.*',
    'DIRECT.GET.*.>',
  ]),
  ...reads(stream),
];

/** May read the whole stream: a consumer can read every subject of the stream it is made on. */
const reads = (stream: string) => [
  ...streamApi(stream, [
    'STREAM.INFO.*',
    'STREAM.MSG.GET.*',
    'DIRECT.GET.*',
    'DIRECT.GET.*.>',
    'CONSUMER.CREATE.*.>',
    'CONSUMER.CREATE.*',
    'CONSUMER.INFO.*.>',
    'CONSUMER.DELETE.*.>',
    'CONSUMER.MSG.NEXT.*.>',
  ]),
  `$JS.ACK.${stream}.>`,
  `$JS.FC.${stream}.>`,
];

const kv = (bucket: string) => `KV_${bucket}`;
const ownsBucket = (bucket: string) => [...owns(kv(bucket)), `$KV.${bucket}.>`];
const readsBucket = (bucket: string) => reads(kv(bucket));

/** Whoever it is may say how it is itself, under its own name. */
const ownPresence = (service: ServiceName) => `$KV.${buckets.services}.${service}.*`;

const natsUser = (service: ServiceName, publish: string[], subscribe: string[] = []) => ({
  publish: ['$JS.API.INFO', ownPresence(service), ...new Set(publish)],
  subscribe: [`_INBOX_${service}.>`, ...subscribe],
});

/** The one table of who may do what between services; NATS, Redis and Postgres are configured from it. */
export const access: Record<ServiceName, Access> = {
  registry: {
    nats: natsUser('registry', [
      ...ownsBucket(buckets.desired),
      ...ownsBucket(buckets.directory),
      ...owns(kv(buckets.services)),
      ...owns(streams.log.name),
      ...streams.log.subjects,
      ...streamApi(streams.seal.name, ['STREAM.CREATE.*', 'STREAM.INFO.*', 'STREAM.MSG.GET.*']),
      ...streams.seal.subjects,
      ...readsBucket(buckets.auth),
      ...readsBucket(buckets.status),
    ]),
    postgres: { schema: 'registry', log: 'append', seals: true },
  },
  ingress: {
    nats: natsUser('ingress', [
      ...ownsBucket(buckets.leases),
      ...ownsBucket(buckets.status),
      ...readsBucket(buckets.desired),
      ...readsBucket(buckets.auth),
      ...streamApi(streams.edge.name, ['STREAM.INFO.*']),
      ...streams.edge.subjects,
    ]),
  },
  events: {
    nats: natsUser('events', [
      ...owns(streams.edge.name),
      'det.>',
      ...readsBucket(buckets.directory),
      ...readsBucket(buckets.auth),
    ]),
    redis: [
      ...connecting,
      '+@read',
      '+@stream',
      '+@pubsub',
      '+info',
      '+time',
      '+@transaction',
      '+set',
      '+pexpire',
      '+del',
      '+eval',
      '+evalsha',
      `~${redisKeys.stream}`,
      '~events:*',
      `&${redisKeys.channel}`,
    ],
    postgres: { schema: 'events', log: 'append' },
  },
  'overlay-gateway': {
    nats: natsUser(
      'overlay-gateway',
      [
        ...readsBucket(buckets.directory),
        ...readsBucket(buckets.status),
        ...readsBucket(buckets.auth),
        'people.*',
        '_INBOX_overlay-gateway.>',
      ],
      ['det.>', 'people.*'],
    ),
  },
  auth: {
    nats: natsUser('auth', [...ownsBucket(buckets.auth), ...readsBucket(buckets.directory)]),
    postgres: { schema: 'auth', log: 'append' },
  },
};

/** Who may do what from outside, by NATS. Neither may make a consumer, which could deliver to a subject of somebody else's. */
export const outsideAccess: Record<'auditor' | 'integrator', Pick<Access, 'nats'>> = {
  /** Reads the log's signed heads one by one. */
  auditor: {
    nats: {
      publish: streamApi(streams.seal.name, ['STREAM.INFO.*', 'STREAM.MSG.GET.*']),
      subscribe: ['_INBOX_auditor.>'],
    },
  },
  /** Reads every domain event by the consumers that are there, and hears what AI sees. */
  integrator: {
    nats: {
      publish: [
        ...streamApi(streams.log.name, [
          'STREAM.INFO.*',
          'STREAM.MSG.GET.*',
          'DIRECT.GET.*',
          'CONSUMER.INFO.*.*',
          'CONSUMER.MSG.NEXT.*.*',
        ]),
        `$JS.ACK.${streams.log.name}.>`,
      ],
      subscribe: ['_INBOX_integrator.>', 'det.>'],
    },
  },
};

/** AI workers may add to the stream and publish on the channel, nothing else. */
export const workerAccess = {
  redis: [...connecting, '+xadd', '+publish', `~${redisKeys.stream}`, `&${redisKeys.channel}`],
} as const;
