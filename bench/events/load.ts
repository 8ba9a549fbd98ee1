import { setTimeout as pause } from 'node:timers/promises';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { Stack } from '@sightline/infra/embedded/stack';
import { Redis } from 'ioredis';
import { unstored } from '../../services/events/redis.ts';

const nowUs = () => Math.round((performance.timeOrigin + performance.now()) * 1000);

/** One detection of two people as a worker writes it. */
export function detection(camera: string, sequence: number, capturedAtUs = nowUs()): string {
  const object = (n: number) => ({
    track: String(n),
    class: 'person',
    score: 0.8312,
    box: [0.1 * n, 0.21734, 0.09182, 0.40213],
  });
  return JSON.stringify({
    v: 1,
    camera,
    source: 'main',
    frame: { key: '0badcafe-1f3a', pts: sequence * 6_000, clockRate: 90_000, width: 1280, height: 720, sequence },
    capturedAtUs,
    clock: { name: 'worker', errorUs: 100_000 },
    worker: { id: 'bench', run: 'bench' },
    model: { name: 'hog-haar', version: '4.12.0' },
    objects: [object(1), object(2)],
  });
}

/** Redis and NATS with every right: the bench writes, listens and counts from outside. */
export class Load {
  readonly redis: Redis;
  readonly nats: NatsConnection;
  readonly cameras: readonly string[];
  sequence = 0;

  private constructor(redis: Redis, nats: NatsConnection, cameras: readonly string[]) {
    this.redis = redis;
    this.nats = nats;
    this.cameras = cameras;
  }

  static async open({ ports, secrets }: Stack, cameras: readonly string[]): Promise<Load> {
    const redis = new Redis(`redis://admin:${secrets.redis.admin}@127.0.0.1:${ports.redis}`);
    const pass = secrets.nats.admin ?? '';
    return new Load(redis, await connect({ servers: `127.0.0.1:${ports.nats}`, user: 'admin', pass }), cameras);
  }

  write(stream: string): Promise<unknown> {
    this.sequence += 1;
    const camera = this.cameras[this.sequence % this.cameras.length] ?? '';
    return this.redis.xadd(stream, '*', 'data', detection(camera, this.sequence));
  }

  /** Writes evenly for some seconds; how old each detection was when it came out on `subject` (ms). */
  async ages(
    stream: string,
    subject: string,
    { perSecond, seconds }: { perSecond: number; seconds: number },
  ): Promise<number[]> {
    const ages: number[] = [];
    const subscription = this.nats.subscribe(subject, {
      callback: (_error, message) => {
        const captured = Number(/"capturedAtUs":(\d+)/.exec(message.string())?.[1]);
        ages.push((nowUs() - captured) / 1000);
      },
    });
    await this.nats.flush();
    const started = performance.now();
    for (let written = 0; written < seconds * perSecond; ) {
      const due = Math.floor(((performance.now() - started) / 1000) * perSecond);
      for (; written < due; written += 1) void this.write(stream);
      await pause(1);
    }
    await pause(500);
    subscription.unsubscribe();
    return ages;
  }

  /** How many a second come out on `subject` when there are always some under way, but never a backlog. */
  async rate(stream: string, subject: string, { total }: { total: number }): Promise<number> {
    const underWay = 300;
    let [written, seen] = [0, 0];
    const { promise, resolve } = Promise.withResolvers<void>();
    const more = () => {
      for (; written < total && written - seen < underWay; written += 1) void this.write(stream);
    };
    const subscription = this.nats.subscribe(subject, {
      callback: () => {
        seen += 1;
        if (seen >= total) resolve();
        else more();
      },
    });
    await this.nats.flush();
    const started = performance.now();
    more();
    await Promise.race([promise, pause(60_000, undefined, { ref: false })]);
    subscription.unsubscribe();
    return (seen / (performance.now() - started)) * 1_000;
  }

  /** Resolves when everything written is stored, and nothing is left of it: one measurement must not burden the next. */
  async settled(): Promise<void> {
    await this.redis.del('bare');
    while ((await unstored(this.redis)) > 0) await pause(100);
  }

  async close(): Promise<void> {
    this.redis.disconnect();
    await this.nats.close();
  }
}
