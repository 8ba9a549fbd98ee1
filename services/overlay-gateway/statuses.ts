import type { NatsConnection } from '@nats-io/transport-node';
import { buckets, type CameraMessage, FeedStatus } from '@sightline/contracts';
import { type Logger, watchBucket } from '@sightline/service';

/** After this long without a word of its ingress, what was last said of a camera is not the truth any more (ms). */
const silentAfterMs = 15_000;

/** The last word of an ingress, and when it came here: the clocks of sites are not believed (ms). */
interface Heard {
  status: FeedStatus;
  at: number;
}

/** What each camera's feed is doing, as the ingresses say in KV `STATUS`. */
export class Statuses {
  readonly #heard = new Map<string, Heard>();
  readonly #told = new Map<string, string>();
  readonly #now: () => number;
  readonly #onChange: (message: CameraMessage) => void;

  /** `onChange` is called with a camera's message when it says something else than the last one. */
  constructor(onChange: (message: CameraMessage) => void, now: () => number = Date.now) {
    this.#onChange = onChange;
    this.#now = now;
  }

  learn(status: FeedStatus): void {
    const { camera, at } = status;
    const known = this.#heard.get(camera);
    this.#heard.set(camera, { status, at: known?.status.at === at ? known.at : this.#now() });
    this.#tell(camera);
  }

  /** Knows no more of a camera that was retired. */
  forget(camera: string): void {
    this.#heard.delete(camera);
    this.#told.delete(camera);
  }

  /** Tells of the cameras whose ingress has fallen silent; to be called every few seconds. */
  check(): void {
    for (const camera of this.#heard.keys()) this.#tell(camera);
  }

  /** What a viewer is told of a camera now. */
  messageOf(camera: string): CameraMessage {
    const heard = this.#heard.get(camera);
    if (!heard)
      return unknown(
        camera,
        'not_reported',
        'No ingress has said anything about this camera yet.',
        new Date(this.#now()),
      );
    const { status, at } = heard;
    if (this.#now() - at > silentAfterMs) {
      return unknown(
        camera,
        'ingress_silent',
        'The ingress of this site has fallen silent; pictures may still go on.',
        new Date(at),
      );
    }
    const { state, reason, since, lagMs } = status;
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
