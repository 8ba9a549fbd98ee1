import type { NatsConnection } from '@nats-io/transport-node';
import { buckets, completeKey, DesiredCamera } from '@sightline/contracts';
import { type Logger, pause, watchBucket } from '@sightline/service';
import { z } from 'zod';
import { Feed, type FeedDeps, type Wanted } from './feed.ts';
import type { Leases } from './leases.ts';
import { plan } from './plan.ts';
import type { Reporter } from './reporter.ts';

interface SupervisorOptions {
  nats: NatsConnection;
  site: string;
  leases: Leases;
  reporter: Reporter;
  feedDeps: Omit<FeedDeps, 'report' | 'reportLag' | 'log'>;
  logger: Logger;
  signal: AbortSignal;
  now?: () => number;
}

const renewMs = 2_000;
const tickMs = 500;

/**
 * Runs what should run: follows KV `DESIRED`, takes leases, and keeps a feed for each source of each camera that it holds. A
 * camera stops on an explicit tombstone or when its lease is gone; what is missing from the bucket stops nothing.
 */
export class Supervisor {
  readonly #options: Required<SupervisorOptions>;
  readonly #desired = new Map<string, Wanted>();
  readonly #feeds = new Map<string, { feeds: readonly Feed[]; camera: Wanted }>();
  #balancedAt = 0;
  #renewedAt = Number.NEGATIVE_INFINITY;

  constructor(options: SupervisorOptions) {
    this.#options = { now: () => performance.now(), ...options };
    const { nats, site, logger, signal } = this.#options;
    void watchBucket({
      nats,
      logger,
      signal,
      bucket: buckets.desired,
      schema: z.union([DesiredCamera, z.object({ position: z.int() })]),
      onEntry: (key, value) => {
        if (key !== completeKey && 'camera' in value && value.site === site) this.#desire(value);
      },
    });
  }

  /** Works until the signal aborts, then stops every feed and gives its leases back. */
  async run(): Promise<void> {
    const { signal, logger } = this.#options;
    while (!signal.aborted) {
      try {
        await this.#tick();
      } catch (error) {
        logger.warn({ err: error }, 'leases cannot be kept up now; what runs goes on');
      }
      await pause(tickMs, signal);
    }
    await Promise.all([...this.#feeds.keys()].map((camera) => this.#drop(camera)));
    await this.#options.leases.leave().catch((error: unknown) => logger.debug({ err: error }, 'could not say goodbye'));
  }

  /** Ends the feed of a camera whose lease is somebody else's. */
  lost(camera: string): void {
    void this.#end(camera);
  }

  async #tick(): Promise<void> {
    const { leases, now } = this.#options;
    if (now() - this.#renewedAt > renewMs) {
      this.#renewedAt = now();
      await leases.renew();
    }
    const cameras = [...this.#desired.keys()].sort();
    const { take, release, balanced } = plan({
      cameras,
      held: leases.held,
      seen: leases.seen,
      copies: leases.copies(),
      now: now(),
      balancedAt: this.#balancedAt,
    });
    if (balanced || release.length > 0) this.#balancedAt = now();
    for (const camera of take) if (await leases.take(camera)) this.#begin(camera);
    for (const camera of release) {
      await this.#drop(camera);
    }
  }

  #desire(desired: DesiredCamera): void {
    const { camera } = desired;
    if (desired.tombstone) {
      this.#desired.delete(camera);
      void this.#retire(camera);
      return;
    }
    this.#desired.set(camera, desired);
    const running = this.#feeds.get(camera);
    if (running && changesTheFeed(running.camera, desired)) void this.#end(camera).then(() => this.#begin(camera));
  }

  #begin(camera: string): void {
    const { leases, reporter, feedDeps, logger } = this.#options;
    const wanted = this.#desired.get(camera);
    if (!wanted || !leases.held.has(camera) || this.#feeds.has(camera)) return;
    const epoch = leases.epochOf(camera);
    const log = (message: string, error: unknown) => logger.error({ err: error, camera }, message);
    const main = new Feed(wanted, {
      ...feedDeps,
      report: (said, media) => reporter.report(camera, epoch, said, media),
      reportLag: (lagMs) => reporter.reportLag(camera, lagMs),
      log,
    });
    this.#feeds.set(camera, { feeds: [main, ...this.#sub(wanted, log)], camera: wanted });
  }

  /** The sub stream of a camera that has one. The state of a camera is that of its main one: a wall without the sub shows that. */
  #sub(wanted: Wanted, log: FeedDeps['log']): Feed[] {
    const { feedDeps, logger } = this.#options;
    if (!wanted.sources.sub || !wanted.enabled) return [];
    const report: FeedDeps['report'] = ({ state, reason }) =>
      logger.info({ camera: wanted.camera, state, reason: reason.code }, 'sub stream changed');
    return [new Feed(wanted, { ...feedDeps, report, log }, 'sub')];
  }

  async #end(camera: string): Promise<void> {
    const running = this.#feeds.get(camera);
    this.#feeds.delete(camera);
    await Promise.all(running?.feeds.map((feed) => feed.stop()) ?? []);
    this.#options.reporter.forget(camera);
  }

  async #drop(camera: string): Promise<void> {
    await this.#end(camera);
    await this.#options.leases.release(camera);
  }

  async #retire(camera: string): Promise<void> {
    const { leases, reporter, logger } = this.#options;
    if (!leases.held.has(camera)) return;
    try {
      await this.#drop(camera);
      await reporter.remove(camera);
    } catch (error) {
      logger.warn({ err: error, camera }, 'lease of a retired camera was not given back; it ends by itself');
    }
  }
}

/** A new name changes nothing of the feed; everything else does. */
function changesTheFeed(before: Wanted, after: Wanted): boolean {
  const relevant = ({ name: _name, position: _position, ...rest }: Wanted) => JSON.stringify(rest);
  return relevant(before) !== relevant(after);
}
