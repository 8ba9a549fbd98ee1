import { randomBytes } from 'node:crypto';
import {
  announcePresence,
  checksOf,
  connectNats,
  createGuard,
  createLogger,
  type Logger,
  metrics,
  type Running,
} from '@sightline/service';
import { AccessToken, RoomServiceClient, type VideoGrant } from 'livekit-server-sdk';
import { Gauge } from 'prom-client';
import { buildApp } from './app.ts';
import type { Config } from './config.ts';
import { probe } from './ffmpeg/probe.ts';
import { FfmpegPublisher } from './ffmpeg/publisher.ts';
import { Leases } from './leases.ts';
import { MediaServer } from './media-server.ts';
import { PassThroughPublisher } from './pass-through/publisher.ts';
import type { Publisher } from './publisher.ts';
import { reachWithin } from './reach.ts';
import { Reporter } from './reporter.ts';
import { Rooms } from './rooms.ts';
import { createOpener } from './sealed.ts';
import { Supervisor } from './supervisor.ts';
import { WhipRelay, type WhipTarget } from './whip-relay.ts';

/** Starts the ingress of a site: one process a camera, under leases shared with its other copies. */
export async function start(config: Config): Promise<Running> {
  const logger = createLogger('ingress', config.LOG_LEVEL);
  const [serving, working] = [new AbortController(), new AbortController()];
  // No two processes ever hold the same lease.
  const instance = `${config.INSTANCE}-${randomBytes(3).toString('hex')}`;
  const site = config.SITE;
  const nats = await connectNats({
    service: 'ingress',
    url: config.NATS_URL,
    user: config.NATS_USER,
    password: config.NATS_PASSWORD,
    logger,
  });
  const mediaServer = new MediaServer({
    url: config.LIVEKIT_URL,
    token: (room) => onlookerToken(config, room),
  });
  const relay = await WhipRelay.listen({
    livekit: config.LIVEKIT_URL,
    tokenFor: (target) => publisherToken(config, target),
    logger,
  });
  const rooms = new Rooms(
    new RoomServiceClient(config.LIVEKIT_URL, config.LIVEKIT_API_KEY, config.LIVEKIT_API_SECRET, { requestTimeout: 2 }),
  );
  const reporter = new Reporter({ nats, site, instance, logger, signal: serving.signal });
  const leases = new Leases({
    nats,
    site,
    instance,
    copy: config.INSTANCE,
    logger,
    signal: serving.signal,
    onLost: (camera) => supervisor.lost(camera),
  });
  const reach = reachWithin(config.CAMERA_NETWORKS);
  const supervisor = new Supervisor({
    nats,
    site,
    leases,
    reporter,
    logger,
    signal: working.signal,
    feedDeps: {
      publisher: publisherOf(config, { relay, logger }),
      reach,
      open: await createOpener(config.SEAL_PUBLIC_KEY, config.SEAL_PRIVATE_KEY),
      probe: (source) => probe({ ffprobe: config.FFPROBE, ...source }),
      mediaServerAnswers: () => mediaServer.answers(),
      inRoom: (room, identity) => rooms.has(room, identity),
      now: () => performance.now(),
    },
  });
  const running = supervisor.run();
  measure(reporter);
  const guard = createGuard({ nats, logger, signal: serving.signal });
  const probeSource = async (url: string, credentials: Parameters<typeof probe>[0]['credentials']) =>
    probe({
      ffprobe: config.FFPROBE,
      ...(await reach({ url, credentials }, serving.signal)),
      credentials,
      signal: serving.signal,
    });
  const checks = { ...checksOf({ nats, guard }), livekit: () => mediaServer.check() };
  const app = await buildApp({ logger, guard, origins: config.PUBLIC_ORIGIN, probeSource }, checks);
  await app.listen({ host: config.HOST, port: config.PORT });
  announcePresence({ service: 'ingress', instance: config.INSTANCE, nats, checks, logger, signal: serving.signal });
  return {
    close: async () => {
      working.abort();
      await Promise.all([app.close(), running]);
      await reporter.flush(1_000);
      serving.abort();
      await Promise.all([reporter.close(), relay.close()]);
      await nats.drain();
    },
  };
}

/** Passes through what goes as it is; leaves to ffmpeg what has to be transcoded. */
function publisherOf(
  { FFMPEG, PASS_THROUGH }: Config,
  { relay, logger }: { relay: WhipRelay; logger: Logger },
): Publisher {
  const ffmpeg = new FfmpegPublisher({ ffmpeg: FFMPEG, relay, logger });
  if (!PASS_THROUGH) return ffmpeg;
  const passThrough = new PassThroughPublisher({ program: PASS_THROUGH, relay, logger });
  return { start: (publishing) => (publishing.media.copyable ? passThrough : ffmpeg).start(publishing) };
}

/** Lets a camera be published in its room. */
function publisherToken(config: Config, { room, identity }: WhipTarget): Promise<string> {
  return tokenFor(config, identity, { room, canPublish: true });
}

/** Lets this copy into a room where it is not seen and does nothing. */
function onlookerToken(config: Config, room: string): Promise<string> {
  return tokenFor(config, config.INSTANCE, { room, hidden: true, canPublish: false });
}

function tokenFor(
  { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret }: Config,
  identity: string,
  grant: VideoGrant,
): Promise<string> {
  const token = new AccessToken(key, secret, { identity, ttl: 60 });
  token.addGrant({ roomJoin: true, canSubscribe: false, canPublishData: false, ...grant });
  return token.toJwt();
}

function measure(reporter: Reporter): void {
  new Gauge({
    name: 'sightline_ingress_cameras',
    help: 'Cameras that this copy pulls, by what they are doing.',
    labelNames: ['state'],
    registers: [metrics],
    collect() {
      this.reset();
      for (const { state } of reporter.statuses()) this.inc({ state });
    },
  });
}
