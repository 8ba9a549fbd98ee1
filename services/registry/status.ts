import type { NatsConnection } from '@nats-io/transport-node';
import {
  buckets,
  type CopyView,
  FeedStatus,
  Presence,
  partNames,
  type StatusView,
  serviceNames,
} from '@sightline/contracts';
import {
  type Check,
  type Directory,
  LatestReports,
  type Logger,
  outcomes,
  ownBucket,
  pause,
  type Received,
  silentAfterMs,
  watchBucket,
} from '@sightline/service';
import { clocksOf, lagsOf, partOf, proxyPart, type ReverseProxy } from './status-parts.ts';

/** A copy that has been silent for this long is forgotten (ms). */
const forgetAfterMs = 300_000;

interface StatusOptions {
  directory: Pick<Directory, 'list'>;
  /** What this copy needs, asked anew for each view. */
  checks: Record<string, Check>;
  now?: () => number;
}

/** How the system is, out of what every copy and every ingress says of itself. */
export class Status {
  readonly #options: Required<StatusOptions>;
  readonly #copies: LatestReports<Presence>;
  readonly #feeds: LatestReports<FeedStatus>;

  constructor(options: StatusOptions) {
    this.#options = { now: () => performance.now(), ...options };
    this.#copies = new LatestReports(this.#options.now);
    this.#feeds = new LatestReports(this.#options.now);
  }

  learn(key: string, presence: Presence): void {
    this.#copies.receive(key, presence);
  }

  /** A copy has said that it goes. */
  forget(key: string): void {
    this.#copies.forget(key);
  }

  learnFeed(status: FeedStatus): void {
    this.#feeds.receive(status.camera, status);
  }

  /** Whether the ingress of a camera, which has spoken of it, does so no more. */
  isSilent(camera: string): boolean {
    const received = this.#feeds.latest(camera);
    return received !== undefined && !this.#feeds.isFresh(received);
  }

  /** How the system is now, for whoever has come in through the proxy, or not. */
  async view(proxy: ReverseProxy | undefined): Promise<StatusView> {
    const own = await outcomes(this.#options.checks);
    for (const [key, { at }] of this.#copies.entries())
      if (this.#options.now() - at > forgetAfterMs) this.#copies.forget(key);
    const copies = [...this.#copies.entries()].map(([, received]) => received);
    const fresh = copies.filter((received) => this.#copies.isFresh(received)).map(({ report }) => report);
    return {
      at: new Date().toISOString(),
      services: serviceNames.map((service) => ({ service, copies: this.#copiesOf(service, copies) })),
      parts: partNames.map((name) => (name === 'caddy' ? proxyPart(proxy) : partOf(name, fresh, own))),
      lags: lagsOf(fresh),
      clocks: clocksOf(fresh),
      cameras: this.#cameras(),
    };
  }

  #copiesOf(service: Presence['service'], copies: readonly Received<Presence>[]): CopyView[] {
    return copies
      .filter(({ report }) => report.service === service)
      .map((received) => {
        const {
          service: _service,
          ready,
          lags: _lags,
          versions: _versions,
          clocks: _clocks,
          ...report
        } = received.report;
        const state = !this.#copies.isFresh(received) ? 'silent' : ready ? 'ready' : 'not ready';
        return { ...report, state } as const;
      })
      .sort((a, b) => a.instance.localeCompare(b.instance));
  }

  #cameras(): StatusView['cameras'] {
    const counts = new Map<StatusView['cameras'][number]['state'], number>();
    for (const { camera } of this.#options.directory.list()) {
      const received = this.#feeds.latest(camera);
      const state = received && this.#feeds.isFresh(received) ? received.report.state : 'silent';
      counts.set(state, (counts.get(state) ?? 0) + 1);
    }
    return [...counts].map(([state, count]) => ({ state, count })).sort((a, b) => a.state.localeCompare(b.state));
  }
}

interface FollowOptions extends StatusOptions {
  nats: NatsConnection;
  logger: Logger;
  signal: AbortSignal;
}

/** Keeps KV `SERVICES` and follows it and KV `STATUS` until `signal` aborts. */
export function followStatus(options: FollowOptions): Status {
  const { nats, logger, signal } = options;
  const status = new Status(options);
  void keepBucket(options);
  void watchBucket({
    nats,
    logger,
    signal,
    bucket: buckets.services,
    schema: Presence,
    onEntry: (key, presence) => status.learn(key, presence),
    onGone: (key) => status.forget(key),
  });
  void watchBucket({
    nats,
    logger,
    signal,
    bucket: buckets.status,
    schema: FeedStatus,
    onEntry: (_key, feed) => status.learnFeed(feed),
  });
  return status;
}

/** Made again when it was lost; the copies fill it by themselves. */
async function keepBucket({ nats, logger, signal }: FollowOptions): Promise<void> {
  while (!signal.aborted && !nats.isClosed()) {
    await ownBucket(nats, buckets.services, { ttlMs: forgetAfterMs }).catch((error: unknown) =>
      logger.debug({ err: error }, 'no bucket of services yet'),
    );
    await pause(silentAfterMs, signal);
  }
}
