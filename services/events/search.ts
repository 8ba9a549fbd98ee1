import type { DetectedObject, Detection, ObjectQuery, PathQuery, SeenObject } from '@sightline/contracts';
import type { Pool } from 'pg';
import { cursorOf, placeIn } from './cursor.ts';

/** A stretch of time of one camera (µs since 1970); `toUs` is not in it. */
export interface Stretch {
  camera: string;
  fromUs: number;
  toUs: number;
}

/** Where a page ends: the next one goes on behind it. */
interface Place {
  us: number;
  id: string;
  n: number;
}

interface ObjectRow {
  captured_at_us: string;
  detection: string;
  n: number;
  site: string;
  camera: string;
  run: string;
  track: string | null;
  class: string;
  score: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The first page of what is newest: nothing that was captured stands behind this place. */
const beginning: Place = { us: Number.MAX_SAFE_INTEGER, id: '\u{10FFFF}', n: 32_767 };

/** Asks for what the durable lane has stored. */
export class Search {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** A page of whole detections of one camera, newest first, and where the next one begins if there is one. */
  async detections(
    { camera, fromUs, toUs }: Stretch,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<{ detections: Detection[]; next?: string }> {
    const after = placeOf(cursor);
    const { rows } = await this.#pool.query<{ detection: Detection }>(
      `select detection from events.detections where camera = $1 and captured_at_us >= $2 and captured_at_us < $3
         and captured_at_us <= $4 and (captured_at_us, id) < ($4::bigint, $5) order by captured_at_us desc, id desc limit $6`,
      [camera, fromUs, toUs, after.us, after.id, limit],
    );
    const detections = rows.map(({ detection }) => detection);
    const last = detections.length === limit ? detections.at(-1) : undefined;
    return { detections, ...(last ? { next: cursorOf(last.capturedAtUs, 0, last.id) } : {}) };
  }

  /** A page of objects of these cameras that fit, newest first. Each camera is looked through by its own index. */
  async objects(
    cameras: readonly string[],
    query: ObjectQuery & { fromUs: number; toUs: number },
  ): Promise<{ objects: SeenObject[]; next?: string }> {
    const { limit, fromUs, toUs, minScore, track, area } = query;
    const after = placeOf(query.cursor);
    const [x, y, width, height] = area ?? [];
    const { rows } = await this.#pool.query<ObjectRow>(
      `select o.* from unnest($1::text[]) as c(id) cross join lateral (
         select * from events.objects where camera = c.id and captured_at_us >= $2 and captured_at_us < $3
           and captured_at_us <= $4 and (captured_at_us, detection, n) < ($4::bigint, $5, $6::smallint)
           ${query.class === undefined ? 'and $7::text is null' : 'and class = $7'}
           ${track === undefined ? 'and $8::text is null' : 'and track = $8'}
           ${minScore === undefined ? 'and $9::real is null' : 'and score >= $9'}
           ${area ? 'and x <= $10::real + $12::real and $10::real <= x + width and y <= $11::real + $13::real and $11::real <= y + height' : 'and coalesce($10, $11, $12, $13::real) is null'}
         order by captured_at_us desc, detection desc, n desc limit $14) o
       order by o.captured_at_us desc, o.detection desc, o.n desc limit $14`,
      [
        cameras,
        fromUs,
        toUs,
        after.us,
        after.id,
        after.n,
        query.class ?? null,
        track ?? null,
        minScore ?? null,
        x ?? null,
        y ?? null,
        width ?? null,
        height ?? null,
        limit,
      ],
    );
    const last = rows.length === limit ? rows.at(-1) : undefined;
    const next = last && cursorOf(last.captured_at_us, last.n, last.detection);
    return { objects: rows.map(toSeen), ...(next ? { next } : {}) };
  }

  /** Where one track went, oldest first, at most `limit` places. */
  async path(query: PathQuery & { fromUs: number; toUs: number }): Promise<SeenObject[]> {
    const { camera, track, run, fromUs, toUs, limit } = query;
    const { rows } = await this.#pool.query<ObjectRow>(
      `select * from events.objects where camera = $1 and track = $2 and ($3::text is null or run = $3)
         and captured_at_us >= $4 and captured_at_us < $5 order by captured_at_us, detection, n limit $6`,
      [camera, track, run ?? null, fromUs, toUs, limit],
    );
    return rows.map(toSeen);
  }

  /** Every detection of a stretch in the order of capture, read a page at a time; `check` is called before each and may throw. */
  async *playback({ camera, fromUs, toUs }: Stretch, check: () => void): AsyncGenerator<Detection> {
    let after = { us: fromUs, id: '' };
    for (;;) {
      check();
      const { rows } = await this.#pool.query<{ detection: Detection }>(
        `select detection from events.detections where camera = $1 and captured_at_us >= $2 and captured_at_us < $3
           and (captured_at_us, id) > ($2::bigint, $4) order by captured_at_us, id limit 500`,
        [camera, after.us, toUs, after.id],
      );
      for (const { detection } of rows) yield detection;
      const last = rows.at(-1)?.detection;
      if (!last || rows.length < 500) return;
      after = { us: last.capturedAtUs, id: last.id };
    }
  }
}

function toSeen(row: ObjectRow): SeenObject {
  const { site, camera, run, detection, class: kind, score, track } = row;
  const share = (value: number) => Math.round(value * 1e6) / 1e6;
  const box: DetectedObject['box'] = [share(row.x), share(row.y), share(row.width), share(row.height)];
  const capturedAtUs = Number(row.captured_at_us);
  return {
    site,
    camera,
    capturedAtUs,
    detection,
    run,
    class: kind,
    score: share(score),
    box,
    ...(track ? { track } : {}),
  };
}

function placeOf(cursor: string | undefined): Place {
  const [us, n, id] = placeIn(cursor, /^(\d{1,16}) (\d{1,5}) ([\w-]{1,64})$/);
  if (us === undefined || id === undefined || Number(n) > beginning.n) return beginning;
  return { us: Number(us), id, n: Number(n) };
}
