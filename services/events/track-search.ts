import { type TrackFactQuery, TrackFactView } from '@sightline/contracts';
import type { Pool } from 'pg';
import { cursorOf, placeIn } from './cursor.ts';

interface FactRow {
  position: string;
  type: string;
  at_us: string;
  data: unknown;
}

/** Where a page ends: the next one goes on behind it. */
interface Place {
  us: number;
  position: number;
}

const beginning: Place = { us: Number.MAX_SAFE_INTEGER, position: Number.MAX_SAFE_INTEGER };

/** A page of facts of these cameras' tracks that fit, the latest captured first. */
export async function searchTrackFacts(
  pool: Pool,
  cameras: readonly string[],
  query: TrackFactQuery & { fromUs: number; toUs: number },
): Promise<{ facts: TrackFactView[]; next?: string }> {
  const { type, zone, line, fromUs, toUs, limit } = query;
  const after = placeOf(query.cursor);
  const { rows } = await pool.query<FactRow>(
    `select f.* from unnest($1::text[]) as c(id) cross join lateral (
       select position, type, at_us, data from events.track_facts
       where camera = c.id and at_us >= $2 and at_us < $3 and (at_us, position) < ($4::bigint, $5::bigint)
         and ($6::text is null or type = $6) and ($7::text is null or class = $7)
         and ($8::text is null or zone = $8) and ($9::text is null or line = $9)
         and ($11::text is null or data ->> 'track' = $11)
         and ($12::float8 is null or (data #>> '{best,score}')::float8 >= $12)
       order by at_us desc, position desc limit $10) f
     order by f.at_us desc, f.position desc limit $10`,
    [
      cameras,
      fromUs,
      toUs,
      after.us,
      after.position,
      type ?? null,
      query.class ?? null,
      zone ?? null,
      line ?? null,
      limit,
      query.track ?? null,
      query.minScore ?? null,
    ],
  );
  const facts = rows.map(({ position, ...fact }) => TrackFactView.parse({ ...fact, position: Number(position) }));
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return { facts, ...(last ? { next: cursorOf(last.at_us, last.position) } : {}) };
}

function placeOf(cursor: string | undefined): Place {
  const [us, position] = placeIn(cursor, /^(\d{1,16}) (\d{1,16})$/);
  return us === undefined || position === undefined ? beginning : { us: Number(us), position: Number(position) };
}
