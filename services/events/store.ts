import type { DeadLetter, Detection } from '@sightline/contracts';
import { inTransaction } from '@sightline/event-log/transaction';
import type { Pool, PoolClient } from 'pg';
import { dayOf, ensurePartition } from './partitions.ts';
import { pack } from './sightings.ts';
import { saveThumbnails, type Thumbnail } from './thumbnails.ts';

/** A message that could not be taken, by the place it came from. */
export interface Refusal {
  reason: string;
  source: DeadLetter['source'];
  /** Id within its source, so that the same message is refused once. */
  sourceId: string;
  payload: string;
}

const payloadLimit = 4096;

/** Where the durable lane writes. What is asked of it stands in search.ts. */
export class Store {
  readonly #pool: Pool;
  readonly #days = new Set<number>();

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Writes all of it in one transaction; what is there already stays as it is, but for better thumbnails. */
  async write(
    detections: readonly Detection[],
    refusals: readonly Refusal[],
    thumbnails: readonly Thumbnail[] = [],
  ): Promise<void> {
    try {
      await inTransaction(this.#pool, async (tx) => {
        await this.#ensureDays(tx, detections);
        await insertDetections(tx, detections);
        await saveThumbnails(tx, thumbnails);
        await insertRefusals(tx, refusals);
      });
    } catch (error) {
      this.#days.clear();
      throw error;
    }
  }

  async #ensureDays(client: PoolClient, detections: readonly Detection[]): Promise<void> {
    const days = new Set(detections.map(({ capturedAtUs }) => dayOf(capturedAtUs)));
    for (const day of days) {
      if (this.#days.has(day)) continue;
      await ensurePartition(client, day);
      this.#days.add(day);
    }
  }

  /** Dead letters, newest first. */
  async deadLetters(limit: number): Promise<DeadLetter[]> {
    const { rows } = await this.#pool.query<Omit<DeadLetter, 'at'> & { at: Date }>(
      'select id::text, at, reason, source, payload from events.dead_letters order by events.dead_letters.id desc limit $1',
      [limit],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }
}

async function insertDetections(client: PoolClient, detections: readonly Detection[]): Promise<void> {
  if (detections.length === 0) return;
  await client.query(
    `with fresh as (
       insert into events.detections (captured_at_us, id, camera, site, detection)
       select (d->>'capturedAtUs')::bigint, d->>'id', d->>'camera', d->>'site', d from jsonb_array_elements($1::jsonb) d
       on conflict do nothing
       returning captured_at_us, id, site, camera, detection),
     objects as (
       insert into events.objects select o.* from fresh f,
         events.objects_of(f.captured_at_us, f.id, f.site, f.camera, f.detection) o)
     insert into events.sightings (received_us, seen)
     select $2::bigint, string_agg(s.seen, ',') from fresh join unnest($3::text[], $4::text[]) as s (id, seen) using (id)
     where s.seen <> '' having count(*) > 0`,
    [
      JSON.stringify(detections),
      Math.max(...detections.map(({ receivedAtUs }) => receivedAtUs)),
      detections.map(({ id }) => id),
      packedOnce(detections),
    ],
  );
}

/** The sightings of each detection; of one that comes twice in the same batch they stand once. */
function packedOnce(detections: readonly Detection[]): string[] {
  const ids = new Set<string>();
  return detections.map((detection) => (ids.size < ids.add(detection.id).size ? pack(detection) : ''));
}

async function insertRefusals(client: PoolClient, refusals: readonly Refusal[]): Promise<void> {
  if (refusals.length === 0) return;
  await client.query(
    `insert into events.dead_letters (reason, source, source_id, payload)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[]) on conflict do nothing`,
    [
      refusals.map(({ reason }) => clean(reason)),
      refusals.map(({ source }) => source),
      refusals.map(({ sourceId }) => sourceId),
      refusals.map(({ payload }) => clean(payload.slice(0, payloadLimit))),
    ],
  );
}

/** Postgres takes no NUL in text. */
const clean = (text: string) => text.replaceAll('\0', '\u{FFFD}').toWellFormed();
