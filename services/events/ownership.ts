import type { Redis } from 'ioredis';

const leaseMs = 3_000;
const renewMs = 1_000;
const askAgainMs = 500;

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

  /** Whether a camera is this copy's now. Asks Redis at most twice a second for each camera, and not at all in between. */
  async owns(camera: string): Promise<boolean> {
    const lease = this.#leases.get(camera);
    if (lease && this.#now() < lease.askAgainAt) return lease.mine && this.#now() < lease.until;
    return this.#ask(camera);
  }

  async #ask(camera: string): Promise<boolean> {
    const asked = this.#now();
    const answer = await this.#redis.eval(take, 1, `events:owner:${camera}`, this.#instance, leaseMs);
    const mine = answer === 1;
    this.#leases.set(camera, { mine, askAgainAt: asked + (mine ? renewMs : askAgainMs), until: asked + leaseMs });
    return mine;
  }
}
