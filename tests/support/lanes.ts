import type { NatsConnection } from '@nats-io/transport-node';
import type { StackOptions } from '@sightline/infra/embedded/stack';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { operator } from './client.ts';
import { natsAsAdmin } from './kv.ts';
import { type System, startSystem } from './system.ts';

/** A stack with both lanes, its cameras registered, and ways to write and to look. */
export interface Lanes {
  system: System;
  /** Redis as a worker, and as whoever may do everything. */
  worker: Redis;
  admin: Redis;
  pool: Pool;
  nats: NatsConnection;
  xadd(data: string): Promise<string | null>;
  count(query: string, ...values: unknown[]): Promise<number>;
  /** How many detections of a camera are stored. */
  stored(camera: string): Promise<number>;
  end(): Promise<void>;
}

/** Starts the stack; the cameras stand in area `yard` of site `north`, switched off. */
export async function startLanes(cameras: string[], options: Partial<StackOptions> = {}): Promise<Lanes> {
  const services = { registry: 1, auth: 1, events: 2, 'overlay-gateway': 2 };
  const system = await startSystem({ services, ...options });
  const { ports, secrets } = system.stack;
  const redis = (user: string) =>
    new Redis(`redis://${user}:${secrets.redis[user]}@127.0.0.1:${ports.redis}`, {
      enableReadyCheck: user === 'admin',
    });
  const [worker, admin] = [redis('worker'), redis('admin')];
  const connectionString = `postgres://postgres:${secrets.postgres.admin}@127.0.0.1:${ports.postgres}/sightline`;
  const pool = new Pool({ connectionString });
  for (const part of [worker, admin, pool]) part.on('error', () => {});
  const nats = await natsAsAdmin(system.stack);
  await register(system, cameras);
  const count = async (query: string, ...values: unknown[]) => Number((await pool.query(query, values)).rows[0]?.count);
  return {
    system,
    worker,
    admin,
    pool,
    nats,
    xadd: (data) => worker.xadd('detections', '*', 'data', data),
    count,
    stored: (camera) => count('select count(*) from events.detections where camera = $1', camera),
    end: async () => {
      for (const part of [worker, admin]) part.disconnect();
      await pool.end();
      await nats.close();
      await system.end();
    },
  };
}

async function register({ stack }: System, cameras: string[]): Promise<void> {
  const administrator = await operator(stack);
  await administrator.post('/api/sites', { id: 'north', name: 'North' });
  await administrator.post('/api/areas', { id: 'yard', site: 'north', name: 'Yard' });
  for (const id of cameras) {
    const sources = { main: { url: 'rtsp://10.0.0.7/main' } };
    await administrator.post('/api/cameras', { id, area: 'yard', name: id, sources, enabled: false });
  }
}

/** Now, as workers tell it (µs). */
export const nowUs = () => Math.round((performance.timeOrigin + performance.now()) * 1000);

/** One detection in the native form, with whatever is to be different. */
export function native(
  camera: string,
  sequence: number,
  rest: { capturedAtUs?: number; [field: string]: unknown } = {},
) {
  return JSON.stringify({
    v: 1,
    camera,
    frame: { pts: sequence, clockRate: 90_000, width: 1280, height: 720, sequence },
    capturedAtUs: nowUs(),
    worker: { id: 'w', run: 'test' },
    model: { name: 'm', version: '1' },
    objects: [{ track: '1', class: 'person', score: 0.9, box: [0.1, 0.2, 0.1, 0.4] }],
    ...rest,
  });
}
