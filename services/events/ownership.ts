import type { Redis } from 'ioredis';

const leaseMs = 3_000;
const renewMs = 1_000;
const askAgainMs = 500;
/** A lease that runs out sooner is not relied on while it is renewed: it may end before what came with the question is told. */
const marginMs = 1_000;

/** Takes the lease, or renews it when it is ours; answers 1 when it is ours now. */
const take = `
local holder = redis.call('get', KEYS[1])
if holder == false or holder == ARGV[1] then redis.call('set', KEYS[1], ARGV[1], 'px', ARGV[2]) return 1 end
return 0`;

interface Lease {
  mine: boolean;
  askAgainAt: number;
  until: number;
}

/** Which copy publishes a camera's detections: one at a time, another within three seconds of its death. */
export class Ownership {
  readonly #redis: Redis;
  readonly #instance: string;
  readonly #now: () => number;
  readonly #leases = new Map<string, Lease>();

  constructor(redis: Redis, instance: string, now: () => number = () => performance.now()) {
    this.#redis = redis;
    this.#instance = instance;
    this.#now = now;
  }

  /** Whether a camera is this copy's now, as far as is known: ask {@link learn} first. */
  owns(camera: string): boolean {
    const lease = this.#leases.get(camera);
    return lease?.mine === true && this.#now() < lease.until;
  }

  /**
   * Asks Redis for the leases that are due, at most twice a second for each camera. Own leases that still hold are renewed
   * beside the work; any other answer may make a camera this copy's, so it is waited for: else what came with the question
   * would be told by nobody.
   */
  async learn(cameras: ReadonlySet<string>): Promise<void> {
    const asked: Promise<void>[] = [];
    for (const camera of cameras) {
      const lease = this.#leases.get(camera);
      const leftMs = lease ? lease.until - this.#now() : 0;
      if (lease && leftMs > 0 && this.#now() < lease.askAgainAt) continue;
      if (lease) lease.askAgainAt = this.#now() + askAgainMs;
      const answer = this.#ask(camera);
      if (lease?.mine && leftMs > marginMs) void answer.catch(() => undefined);
      else asked.push(answer);
    }
    await Promise.all(asked);
  }

  async #ask(camera: string): Promise<void> {
    const asked = this.#now();
    const answer = await this.#redis.eval(take, 1, `events:owner:${camera}`, this.#instance, leaseMs);
    const mine = answer === 1;
    this.#leases.set(camera, { mine, askAgainAt: asked + (mine ? renewMs : askAgainMs), until: asked + leaseMs });
  }
}
