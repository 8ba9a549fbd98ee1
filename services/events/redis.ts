import { redisKeys } from '@sightline/contracts';
import type { Logger } from '@sightline/service';
import { Redis } from 'ioredis';

/** A connection to Redis that is made again for ever; commands wait for it. Each blocking reader needs one of its own. */
export function connectRedis(url: string, logger: Logger): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
    lazyConnect: false,
  });
  // The error of a refused AUTH carries the command with its password: nothing but the message is told.
  redis.on('error', ({ message }: Error) => logger.debug({ reason: message }, 'redis connection'));
  return redis;
}

/** One entry of a Redis Stream as ioredis returns it. */
export interface StreamEntry {
  id: string;
  data: string;
  traceparent: string | undefined;
  /** Pictures that stand beside `data`, as the worker wrote them. */
  thumbnails?: string | undefined;
}

/** Reads the answer of XREAD and its relatives for one stream; entries that were deleted come without fields. */
export function toEntries(rows: readonly (readonly [id: string, fields: readonly string[] | null])[]): StreamEntry[] {
  return rows.map(([id, fields]) => {
    const values = new Map<string, string>();
    for (let i = 0; fields && i + 1 < fields.length; i += 2) values.set(fields[i] ?? '', fields[i + 1] ?? '');
    return {
      id,
      data: values.get('data') ?? '',
      traceparent: values.get('traceparent'),
      thumbnails: values.get('thumbnails'),
    };
  });
}

/** The version of Redis; throws when it cannot be asked now. */
export async function redisVersion(redis: Redis): Promise<string | undefined> {
  if (redis.status !== 'ready') throw new Error(`redis is ${redis.status}`);
  return /redis_version:(\S+)/.exec(await redis.info('server'))?.[1];
}

/** Up to when (µs, by the clock of Redis) everything that came is stored. Throws when that cannot be told. */
export async function storedUntil(redis: Redis): Promise<number> {
  if (redis.status !== 'ready') throw new Error(`redis is ${redis.status}`);
  const { stream, group } = redisKeys;
  const [seconds, micros] = (await redis.time()).map(Number) as [number, number];
  const delivered = fieldOf(await durableGroup(redis), 'last-delivered-id');
  const [pending, first] = (await redis.xpending(stream, group)) as [number, string | null];
  if (pending > 0 && first) return msOf(first) * 1_000;
  const newest = fieldOf((await redis.xinfo('STREAM', stream)) as unknown[], 'last-generated-id');
  const done = msOf(delivered) * 1_000;
  return newest === delivered ? Math.max(seconds * 1e6 + micros, done + 1_000) : done;
}

const msOf = (id: string) => Number.parseInt(id, 10);

const fieldOf = (fields: readonly unknown[], name: string) => String(fields[fields.indexOf(name) + 1]);

async function durableGroup(redis: Redis): Promise<unknown[]> {
  const groups = (await redis.xinfo('GROUPS', redisKeys.stream)) as unknown[][];
  const group = groups.find((fields) => fieldOf(fields, 'name') === redisKeys.group);
  if (!group) throw new Error('the durable lane has not begun yet');
  return group;
}

/** How many entries of the stream the durable lane has not acknowledged yet. */
export async function unstored(redis: Redis): Promise<number> {
  if (redis.status !== 'ready') throw new Error(`redis is ${redis.status}`);
  const group = await durableGroup(redis);
  const count = (name: string) => Number(group[group.indexOf(name) + 1] ?? 0);
  return count('pending') + count('lag');
}
