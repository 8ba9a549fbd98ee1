import { Redis } from 'ioredis';
import type { Pool } from 'pg';
import { FrameSizes, readPayload } from '../../services/events/adapters/index.ts';
import { readThumbnails } from '../../services/events/thumbnails.ts';
import { until } from '../../tests/support/until.ts';

/** The fields of an entry as a worker writes it. */
export interface Entry {
  data: string;
  thumbnails?: string;
}

interface Way {
  url: string;
  pool: Pool;
  entries: readonly Entry[];
}

/** Writes entries as a worker does; those of which a part was neither stored nor put aside with a reason. */
export async function throughRedis({ url, pool, entries }: Way): Promise<Entry[]> {
  const redis = new Redis(url);
  const written = new Map<string, Entry>();
  for (let first = 0; first < entries.length; first += 100) {
    const some = entries.slice(first, first + 100).map(asTheyArrive);
    const ids = await Promise.all(some.map((entry) => redis.xadd('detections', '*', ...Object.entries(entry).flat())));
    for (const [index, id] of ids.entries()) written.set(id ?? '', some[index] ?? { data: '' });
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

/** Half a surrogate pair is no UTF-8. */
const asTheyArrive = ({ data, thumbnails }: Entry): Entry => ({
  data: data.toWellFormed(),
  ...(thumbnails === undefined ? {} : { thumbnails: thumbnails.toWellFormed() }),
});

interface Kept {
  /** What stands in the dead letters: ids of entries, those of their pictures with a word behind. */
  dead: ReadonlySet<string>;
  detections: ReadonlySet<string>;
  /** Tracks that have a picture. */
  pictured: ReadonlySet<string>;
}

async function neither(pool: Pool, written: ReadonlyMap<string, Entry>): Promise<Entry[]> {
  const idsOf = async (query: string) => {
    const { rows } = await pool.query<{ id: string }>(query);
    return new Set(rows.map(({ id }) => id));
  };
  const kept: Kept = {
    dead: await idsOf(
      `select source_id as id from events.dead_letters where source = 'stream' and length(reason) > 10 and length(payload) <= 4096`,
    ),
    detections: await idsOf('select id from events.detections'),
    pictured: await idsOf('select track as id from events.thumbnails'),
  };
  const sizes = new FrameSizes();
  return [...written].flatMap(([id, entry]) => (isAccountedFor({ id, entry, kept, sizes }) ? [] : [entry]));
}

interface Written {
  id: string;
  entry: Entry;
  kept: Kept;
  sizes: FrameSizes;
}

function isAccountedFor({ id, entry: { data, thumbnails }, kept, sizes }: Written): boolean {
  if (kept.dead.has(id)) return true;
  try {
    const draft = readPayload(data, sizes);
    if (!kept.detections.has(draft.id)) return false;
    if (thumbnails === undefined || kept.dead.has(`${id} thumbnails`)) return true;
    const detection = { ...draft, site: 'bench', receivedAtUs: 0 };
    return readThumbnails(thumbnails, detection).every(({ track }) => kept.pictured.has(track));
  } catch {
    return false;
  }
}
