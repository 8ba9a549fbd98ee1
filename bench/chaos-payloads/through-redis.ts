import { Redis } from 'ioredis';
import type { Pool } from 'pg';
import { FrameSizes, readPayload } from '../../services/events/adapters/index.ts';
import { until } from '../../tests/support/until.ts';

interface Way {
  url: string;
  pool: Pool;
  payloads: readonly string[];
}

/** Writes payloads as a worker does; those that were neither stored nor put aside with a reason. */
export async function throughRedis({ url, pool, payloads }: Way): Promise<string[]> {
  const redis = new Redis(url);
  const written = new Map<string, string>();
  for (let first = 0; first < payloads.length; first += 100) {
    // As they arrive: half a surrogate pair is no UTF-8.
    const some = payloads.slice(first, first + 100).map((payload) => payload.toWellFormed());
    const ids = await Promise.all(some.map((data) => redis.xadd('detections', '*', 'data', data)));
    for (const [index, id] of ids.entries()) written.set(id ?? '', some[index] ?? '');
  }
  const last = [...written.keys()].at(-1);
  await until(
    'everything taken',
    async () => {
      const [group] = (await redis.xinfo('GROUPS', 'detections')) as unknown[][];
      const value = (name: string) => group?.[group.indexOf(name) + 1];
      return value('pending') === 0 && value('last-delivered-id') === last;
    },
    300_000,
  );
  await redis.quit();
  return neither(pool, written);
}

async function neither(pool: Pool, written: Map<string, string>): Promise<string[]> {
  const { rows: letters } = await pool.query<{ id: string }>(
    `select source_id as id from events.dead_letters where source = 'stream' and length(reason) > 10 and length(payload) <= 4096`,
  );
  const { rows: stored } = await pool.query<{ id: string }>('select id from events.detections');
  const [dead, known] = [new Set(letters.map(({ id }) => id)), new Set(stored.map(({ id }) => id))];
  const sizes = new FrameSizes();
  return [...written].flatMap(([entry, data]) => (dead.has(entry) || isStored(data, sizes, known) ? [] : [data]));
}

function isStored(data: string, sizes: FrameSizes, known: Set<string>): boolean {
  try {
    return known.has(readPayload(data, sizes).id);
  } catch {
    return false;
  }
}
