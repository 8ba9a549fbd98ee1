import type { KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { buckets, Lease } from '@sightline/contracts';
import { isWrongSequence, type Logger, ownBucket, watchBucket } from '@sightline/service';
import { z } from 'zod';
import { leaseEndsMs } from './plan.ts';

interface LeasesOptions {
  nats: NatsConnection;
  site: string;
  /** This process. */
  instance: string;
  /** The copy that this process is: whoever had this name before it is dead. */
  copy: string;
  logger: Logger;
  signal: AbortSignal;
  /** Called when a lease that was held is somebody else's. */
  onLost(camera: string): void;
  now?: () => number;
}

interface Held {
  epoch: number;
  revision: number;
}

/** Somebody else's lease, as it was last seen. */
interface Seen {
  at: number;
  revision: number;
}

const Presence = z.object({ copy: z.string(), at: z.string() });

/**
 * Leases of cameras in KV `LEASES`, by compare-and-set on the revision. Whether somebody else's lease has ended is told by
 * this copy's own clock since it last saw it renewed: no two clocks are compared. The epoch grows with every holder, also
 * over a loss of the bucket, because it never falls below the seconds since 1970.
 */
export class Leases {
  readonly #options: Required<LeasesOptions>;
  readonly #held = new Map<string, Held>();
  readonly #seen = new Map<string, Seen>();
  readonly #epochs = new Map<string, number>();
  readonly #copies = new Map<string, number>();
  #read = false;

  constructor(options: LeasesOptions) {
    this.#options = { now: () => performance.now(), ...options };
    const { site, nats, logger, signal } = this.#options;
    const read = watchBucket({
      nats,
      logger,
      signal,
      bucket: buckets.leases,
      schema: z.union([Lease, Presence]),
      onEntry: (key, value, revision) => {
        if ('copy' in value) this.#meet(key, value.copy);
        else if (key.startsWith(`${site}.`)) this.#note(key.slice(site.length + 1), value, revision);
      },
      onGone: (key) => {
        if (key.startsWith(`copy.${site}.`)) this.#copies.delete(key.slice(`copy.${site}.`.length));
        else this.#seen.delete(key.slice(site.length + 1));
      },
    });
    void read.then(() => {
      this.#read = true;
    });
  }

  get held(): ReadonlySet<string> {
    return new Set(this.#held.keys());
  }

  /** When each lease of somebody else was last seen to be renewed. */
  get seen(): ReadonlyMap<string, number> {
    return new Map([...this.#seen].map(([camera, { at }]) => [camera, at]));
  }

  epochOf(camera: string): number {
    return this.#held.get(camera)?.epoch ?? 0;
  }

  /** How many copies have said lately that they are there, this one included. */
  copies(): number {
    const { instance, now } = this.#options;
    const others = [...this.#copies].filter(([copy, at]) => copy !== instance && now() - at < leaseEndsMs);
    return others.length + 1;
  }

  /** Takes a free lease: one that is not there, or that ended as it was last seen. False when somebody else was quicker. */
  async take(camera: string): Promise<boolean> {
    const kv = await this.#bucket();
    const entry = await kv.get(this.#key(camera));
    const before = entry?.operation === 'PUT' ? Lease.safeParse(JSON.parse(entry.string())).data : undefined;
    if (entry && before?.holder === this.#options.instance) {
      // Written by us: only the answer was lost.
      this.#held.set(camera, { epoch: before.epoch, revision: entry.revision });
      return true;
    }
    if (entry?.operation === 'PUT' && this.#seen.get(camera)?.revision !== entry.revision) return false;
    const known = Math.max(before?.epoch ?? 0, this.#epochs.get(camera) ?? 0);
    const epoch = Math.max(known + 1, Math.floor(Date.now() / 1000));
    try {
      const revision = await write(kv, this.#key(camera), this.#lease(epoch), entry?.revision);
      this.#held.set(camera, { epoch, revision });
      return true;
    } catch (error) {
      if (isWrongSequence(error)) return false;
      throw error;
    }
  }

  /** Renews what is held and says that this copy is there. What is somebody else's now is lost; an error loses nothing. */
  async renew(): Promise<void> {
    const { instance, onLost } = this.#options;
    const kv = await this.#bucket();
    await kv.put(this.#presence(), JSON.stringify({ copy: instance, at: new Date().toISOString() }));
    for (const [camera, held] of [...this.#held]) {
      const revision = await this.#renewOne(kv, camera, held);
      if (revision !== undefined) held.revision = revision;
      else if (this.#held.delete(camera)) onLost(camera);
    }
  }

  /** Says that this copy is gone, so that nobody leaves it a share of the cameras. */
  async leave(): Promise<void> {
    await (await this.#bucket()).delete(this.#presence());
  }

  async release(camera: string): Promise<void> {
    const held = this.#held.get(camera);
    if (!held || !this.#held.delete(camera)) return;
    this.#epochs.set(camera, held.epoch);
    const kv = await this.#bucket();
    await kv.delete(this.#key(camera), { previousSeq: held.revision });
    this.#seen.set(camera, { at: this.#options.now(), revision: 0 });
  }

  /** The new revision; undefined when the lease is somebody else's. A bucket that was lost is filled again. */
  async #renewOne(kv: KV, camera: string, held: Held): Promise<number | undefined> {
    try {
      return await kv.update(this.#key(camera), this.#lease(held.epoch), held.revision);
    } catch (error) {
      if (!isWrongSequence(error)) throw error;
      const entry = await kv.get(this.#key(camera));
      if (entry?.operation === 'PUT') {
        const mine = Lease.safeParse(JSON.parse(entry.string())).data?.holder === this.#options.instance;
        return mine ? entry.revision : undefined;
      }
      return write(kv, this.#key(camera), this.#lease(held.epoch), entry?.revision).catch((failed: unknown) => {
        if (isWrongSequence(failed)) return undefined;
        throw failed;
      });
    }
  }

  #note(camera: string, lease: Lease, revision: number): void {
    const { instance, now } = this.#options;
    const at = this.#isMyPredecessor(lease.holder) ? Number.NEGATIVE_INFINITY : now();
    if (lease.holder !== instance) this.#seen.set(camera, { at, revision });
    this.#epochs.set(camera, Math.max(lease.epoch, this.#epochs.get(camera) ?? 0));
  }

  /**
   * A lease that stands there at the start and bears this copy's own name is the one of a process that was killed: its
   * supervisor starts the next one when it has ended. Later ones are those of a namesake who lives.
   */
  #isMyPredecessor(holder: string): boolean {
    return !this.#read && holder.replace(/-[^-]*$/, '') === this.#options.copy;
  }

  /** Copies of other sites share the bucket, not the cameras. */
  #meet(key: string, copy: string): void {
    if (key === `copy.${this.#options.site}.${copy}` && !this.#isMyPredecessor(copy))
      this.#copies.set(copy, this.#options.now());
  }

  #presence(): string {
    return `copy.${this.#options.site}.${this.#options.instance}`;
  }

  #key(camera: string): string {
    return `${this.#options.site}.${camera}`;
  }

  #lease(epoch: number): string {
    const until = new Date(Date.now() + leaseEndsMs).toISOString();
    return JSON.stringify({ holder: this.#options.instance, epoch, until } satisfies Lease);
  }

  #bucket(): Promise<KV> {
    return ownBucket(this.#options.nats, buckets.leases);
  }
}

const write = (kv: KV, key: string, value: string, revision: number | undefined): Promise<number> =>
  revision === undefined ? kv.create(key, value) : kv.update(key, value, revision);
