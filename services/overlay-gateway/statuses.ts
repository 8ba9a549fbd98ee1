import type { NatsConnection } from '@nats-io/transport-node';
import { buckets, type CameraMessage, FeedStatus } from '@sightline/contracts';
import { LatestReports, type Logger, watchBucket } from '@sightline/service';

/** What each camera's feed is doing, as the ingresses say in KV `STATUS`. */
export class Statuses {
  readonly #reports: LatestReports<FeedStatus>;
  readonly #told = new Map<string, string>();
  readonly #now: () => number;
  readonly #onChange: (message: CameraMessage) => void;

  /** `onChange` is called with a camera's message when it says something else than the last one. */
  constructor(onChange: (message: CameraMessage) => void, now: () => number = Date.now) {
    this.#onChange = onChange;
    this.#now = now;
    this.#reports = new LatestReports(now);
  }

  learn(status: FeedStatus): void {
    this.#reports.receive(status.camera, status);
    this.#tell(status.camera);
  }

  /** Knows no more of a camera that was retired. */
  forget(camera: string): void {
    this.#reports.forget(camera);
    this.#told.delete(camera);
  }

  /** Tells of the cameras whose ingress has fallen silent; to be called every few seconds. */
  check(): void {
    for (const [camera] of this.#reports.entries()) this.#tell(camera);
  }

  /** What a viewer is told of a camera now. */
  messageOf(camera: string): CameraMessage {
    const received = this.#reports.latest(camera);
    if (!received)
      return unknown(
        camera,
        'not_reported',
        'No ingress has said anything about this camera yet.',
        new Date(this.#now()),
      );
    if (!this.#reports.isFresh(received)) {
      return unknown(
        camera,
        'ingress_silent',
        'The ingress of this site has fallen silent; pictures may still go on.',
        new Date(received.at),
      );
    }
    const { state, reason, since, lagMs } = received.report;
    return { type: 'camera', camera, state, reason, since, ...(lagMs ? { lagMs } : {}) };
  }

  #tell(camera: string): void {
    const message = this.messageOf(camera);
    const text = JSON.stringify(message);
    if (this.#told.get(camera) === text) return;
    this.#told.set(camera, text);
    this.#onChange(message);
  }
}

function unknown(camera: string, code: string, text: string, since: Date): CameraMessage {
  return { type: 'camera', camera, state: 'unknown', reason: { code, text }, since: since.toISOString() };
}

/** Follows KV `STATUS` until `signal` aborts. */
export function followStatuses(
  statuses: Statuses,
  options: { nats: NatsConnection; logger: Logger; signal: AbortSignal },
): void {
  void watchBucket({
    ...options,
    bucket: buckets.status,
    schema: FeedStatus,
    onEntry: (_key, status) => statuses.learn(status),
    onGone: (key) => statuses.forget(key.slice(key.indexOf('.') + 1)),
  });
  const timer = setInterval(() => statuses.check(), 2_000);
  options.signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}
