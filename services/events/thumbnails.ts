import { type Detection, maxThumbnailBytes, maxThumbnailsBytes, WorkerThumbnails } from '@sightline/contracts';
import type { Pool, PoolClient } from 'pg';
import { z } from 'zod';
import { BadPayload, parseJson } from './adapters/index.ts';

/** A picture of a track, cut from the frame of a detection. */
export interface Thumbnail {
  site: string;
  camera: string;
  run: string;
  track: string;
  class: string;
  capturedAtUs: number;
  quality: number;
  jpeg: Buffer;
}

/** Reads what a worker put beside a detection, of which `detection` is what is kept. Throws {@link BadPayload}. */
export function readThumbnails(text: string, detection: Detection): Thumbnail[] {
  if (text.length > maxThumbnailsBytes)
    throw new BadPayload(`Expected thumbnails of at most ${maxThumbnailsBytes} bytes, got ${text.length}.`);
  const parsed = WorkerThumbnails.safeParse(parseJson(text, 'thumbnails as JSON'));
  if (!parsed.success) throw new BadPayload(`Expected thumbnails: ${z.prettifyError(parsed.error)}`);
  const { site, camera, worker, capturedAtUs, objects } = detection;
  return parsed.data.map(({ track, quality, jpeg }) => {
    const object = objects.find((each) => each.track === track);
    if (!object)
      throw new BadPayload('Expected thumbnails of tracks of the same entry, of a class that is still kept.');
    const { class: kind } = object;
    return { site, camera, run: worker.run, track, class: kind, capturedAtUs, quality, jpeg: jpegOf(jpeg) };
  });
}

/** Looks at both ends only: a browser draws what is between them as an image or not at all. */
function jpegOf(base64: string): Buffer {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > maxThumbnailBytes)
    throw new BadPayload(`Expected a JPEG of at most ${maxThumbnailBytes} bytes, got ${bytes.length}.`);
  if (bytes.subarray(0, 3).toString('hex') !== 'ffd8ff' || bytes.subarray(-2).toString('hex') !== 'ffd9')
    throw new BadPayload('Expected a JPEG, from ff d8 ff to ff d9, got other bytes.');
  return bytes;
}

/** Keeps the best picture of each track, in whichever order and however often they come. */
export async function saveThumbnails(client: PoolClient, thumbnails: readonly Thumbnail[]): Promise<void> {
  if (thumbnails.length === 0) return;
  await client.query(
    `insert into events.thumbnails as t (camera, run, track, site, class, captured_at_us, quality, jpeg)
     select distinct on (camera, run, track) *
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::real[], $8::bytea[])
       as n (camera, run, track, site, class, captured_at_us, quality, jpeg)
     order by camera, run, track, quality desc
     on conflict (camera, run, track) do update set site = excluded.site, class = excluded.class,
       captured_at_us = excluded.captured_at_us, quality = excluded.quality, jpeg = excluded.jpeg
     where excluded.quality > t.quality`,
    [
      thumbnails.map(({ camera }) => camera),
      thumbnails.map(({ run }) => run),
      thumbnails.map(({ track }) => track),
      thumbnails.map(({ site }) => site),
      thumbnails.map((thumbnail) => thumbnail.class),
      thumbnails.map(({ capturedAtUs }) => capturedAtUs),
      thumbnails.map(({ quality }) => quality),
      thumbnails.map(({ jpeg }) => jpeg),
    ],
  );
}

/** The picture of a track; of the newest one of that name where no worker run is given. */
export async function thumbnailOf(
  pool: Pool,
  { camera, track, run }: { camera: string; track: string; run?: string | undefined },
): Promise<Buffer | undefined> {
  const { rows } = await pool.query<{ jpeg: Buffer }>(
    `select jpeg from events.thumbnails where camera = $1 and track = $2 and ($3::text is null or run = $3)
     order by captured_at_us desc limit 1`,
    [camera, track, run ?? null],
  );
  return rows[0]?.jpeg;
}
