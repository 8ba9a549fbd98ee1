import { randomUUIDv7 } from 'node:crypto';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { buckets, type FeedMedia, type FeedStateChanged, type FeedStatus, subjects } from '@sightline/contracts';
import { type Logger, ownBucket, pause } from '@sightline/service';
import type { Outcome } from './outcome.ts';

interface ReporterOptions {
  nats: NatsConnection;
  site: string;
  instance: string;
  logger: Logger;
  signal: AbortSignal;
}

const refreshMs = 4_000;
const maxFacts = 10_000;
/** Lags are told in steps, so that those that hardly change are told once (ms). */
const lagStepMs = 500;

/**
 * Says what each feed is doing: at once and every few seconds in KV `STATUS`, and each change as a fact on stream `EDGE`.
 * While NATS is away, facts wait in order, in bounded memory.
 */
export class Reporter {
  readonly #options: ReporterOptions;
  readonly #statuses = new Map<string, FeedStatus>();
  readonly #sequences = new Map<string, { epoch: number; last: number }>();
  readonly #facts: FeedStateChanged[] = [];
  readonly #running: Promise<unknown>;
  #wake: () => void = () => {};
  #dropped = 0;

  constructor(options: ReporterOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', () => this.#wake(), { once: true });
    this.#running = Promise.all([this.#sendFacts(), this.#refresh()]);
  }

  /** Cameras by what they are doing. */
  statuses(): readonly FeedStatus[] {
    return [...this.#statuses.values()];
  }

  /** Facts that were given up because too many waited. */
  get dropped(): number {
    return this.#dropped;
  }

  report(camera: string, epoch: number, said: Outcome, media: FeedMedia | undefined): void {
    const { site, instance, logger } = this.#options;
    const now = new Date().toISOString();
    const before = this.#statuses.get(camera);
    const since = before && before.state === said.state ? before.since : now;
    const status: FeedStatus = {
      camera,
      site,
      ...said,
      since,
      at: now,
      epoch,
      ingress: instance,
      ...(media ? { media } : {}),
    };
    this.#statuses.set(camera, status);
    logger.info({ camera, state: said.state, code: said.reason.code }, 'feed changed');
    void this.#put(status);
    this.#facts.push({
      id: randomUUIDv7(),
      site,
      camera,
      epoch,
      sequence: this.#next(camera, epoch),
      ingress: instance,
      occurredAt: now,
      ...said,
    });
    if (this.#facts.length > maxFacts) this.#dropped += this.#facts.splice(0, this.#facts.length - maxFacts).length;
    this.#wake();
  }

  /** Says how old a camera's pictures are at least (ms), when that has changed; no fact of the log. */
  reportLag(camera: string, lagMs: number): void {
    const status = this.#statuses.get(camera);
    const rounded = Math.round(lagMs / lagStepMs) * lagStepMs;
    if (!status || (status.lagMs ?? 0) === rounded) return;
    const fresh = { ...status, lagMs: rounded, at: new Date().toISOString() };
    this.#statuses.set(camera, fresh);
    void this.#put(fresh);
  }

  /** Says no more of a camera for now. Under the same lease its facts go on counting where they were: the log drops older ones. */
  forget(camera: string): void {
    this.#statuses.delete(camera);
  }

  /** Takes a retired camera out of the bucket. */
  async remove(camera: string): Promise<void> {
    this.forget(camera);
    this.#sequences.delete(camera);
    const kv = await ownBucket(this.#options.nats, buckets.status);
    await kv.delete(`${this.#options.site}.${camera}`);
  }

  /** Waits until what was said has gone out, at most `ms`. */
  async flush(ms: number): Promise<void> {
    const late = AbortSignal.timeout(ms);
    while (this.#facts.length > 0 && !late.aborted) await pause(20, late);
  }

  async close(): Promise<void> {
    this.#wake();
    await this.#running;
  }

  #next(camera: string, epoch: number): number {
    const before = this.#sequences.get(camera);
    const last = before?.epoch === epoch ? before.last + 1 : 1;
    this.#sequences.set(camera, { epoch, last });
    return last;
  }

  async #put(status: FeedStatus): Promise<void> {
    const { nats, logger } = this.#options;
    if (nats.isClosed()) return;
    try {
      const kv = await ownBucket(nats, buckets.status);
      await kv.put(`${status.site}.${status.camera}`, JSON.stringify(status));
    } catch (error) {
      logger.debug({ err: error, camera: status.camera }, 'status not written, it is refreshed soon');
    }
  }

  async #refresh(): Promise<void> {
    const { signal } = this.#options;
    while (!signal.aborted) {
      await ownBucket(this.#options.nats, buckets.status).catch((error: unknown) =>
        this.#options.logger.debug({ err: error }, 'no status bucket yet'),
      );
      await pause(refreshMs, signal);
      const at = new Date().toISOString();
      for (const [camera, status] of this.#statuses) {
        const fresh = { ...status, at };
        this.#statuses.set(camera, fresh);
        await this.#put(fresh);
      }
    }
  }

  async #sendFacts(): Promise<void> {
    const { nats, signal, logger } = this.#options;
    while (!signal.aborted) {
      const [fact] = this.#facts;
      if (!fact) {
        await this.#somethingToSend();
        continue;
      }
      try {
        await jetstream(nats).publish(subjects.edge(fact.site, 'feed', fact.camera), JSON.stringify(fact), {
          msgID: fact.id,
        });
        // Too many may have come meanwhile, and pushed it out.
        if (this.#facts[0] === fact) this.#facts.shift();
      } catch (error) {
        logger.debug({ err: error }, 'edge fact waits');
        await pause(1_000, signal);
      }
    }
  }

  #somethingToSend(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
