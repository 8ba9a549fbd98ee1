import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Marks } from '@sightline/contracts';
import { inTransaction } from '@sightline/event-log/transaction';
import type { Directory } from '@sightline/service';
import type { Pool, PoolClient } from 'pg';
import { unpack } from './sightings.ts';
import { end, gapUs, type Sighting, see, type Track, type TrackFact, type TrackName } from './track.ts';

/** So much is taken in one transaction, and one row at least. */
const most = { rows: 500, bytes: 1_000_000 };
/** A track is over when all that came up to so long after its last sighting is stored (µs): a worker may be uneven. */
const silenceUs = gapUs + 2_000_000;
/** So many sightings are followed before the fast lane has its turn: a few milliseconds. */
const slice = 200;
const noMarks: Marks = { zones: [], lines: [] };
/** One copy at a time. */
const lock = `hashtext('events tracks')`;

interface SightingsRow {
  received_us: string;
  seen: string;
}

/** What was seen of one track, and when the last of it came. */
interface Seen {
  name: TrackName;
  sightings: Sighting[];
  receivedUs: number;
}

interface TrackRow extends TrackName {
  received_us: string;
  state: Track;
}

/** What following tracks needs: where they are kept, and what is marked in a camera's picture now. */
export interface Following {
  pool: Pool;
  directory: Pick<Directory, 'find'>;
}

/** A track with its name, and when it was last heard of (µs, by the clock of Redis). */
interface Open {
  name: TrackName;
  track: Track;
  receivedUs: number;
}

/**
 * Makes facts of sightings in the order in which they came, as far as all of them are stored (`untilUs`, by the clock of
 * Redis), and puts them into the outbox. Resolves to whether there may be more to do at once.
 */
export async function followTracks({ pool, directory }: Following, untilUs: number): Promise<boolean> {
  return inTransaction(pool, async (tx) => {
    const { rows } = await tx.query<{ mine: boolean }>(`select pg_try_advisory_xact_lock(${lock}) as mine`);
    return rows[0]?.mine ? follow(tx, directory, untilUs) : false;
  });
}

async function follow(client: PoolClient, directory: Following['directory'], untilUs: number): Promise<boolean> {
  const { rows, isAll } = await takeSightings(client, untilUs);
  const seen = await byTrack(rows);
  const open = await openTracks(
    client,
    [...seen.values()].map(({ name }) => name),
  );
  const facts: TrackFact[] = [];
  let followed = 0;
  for (const [key, { name, sightings, receivedUs }] of seen) {
    const marks = directory.find(name.camera)?.marks ?? noMarks;
    let track = open.get(key)?.track;
    for (const sighting of sightings) {
      followed += 1;
      if (followed % slice === 0) await nextTurn();
      const next = see(name, track, { sighting, marks });
      track = next.track;
      facts.push(...next.facts);
    }
    if (track) open.set(key, { name, track, receivedUs });
  }
  await saveTracks(client, [...open.values()]);
  // As long as sightings wait, nobody can say of a track that it has none.
  const over = isAll ? await takeSilent(client, untilUs - silenceUs) : [];
  await saveFacts(client, [...facts, ...over.flatMap(({ name, track }) => end(name, track))]);
  return !isAll;
}

async function takeSightings(client: PoolClient, untilUs: number): Promise<{ rows: SightingsRow[]; isAll: boolean }> {
  const { rows } = await client.query<SightingsRow>(
    `with next as (
       select received_us, n, octet_length(seen) as bytes from events.sightings
       where received_us < $1 order by received_us, n limit $2
     ), few as (
       select received_us, n, sum(bytes) over (order by received_us, n) - bytes as before from next
     ), taken as (
       delete from events.sightings where (received_us, n) in (select received_us, n from few where before < $3)
       returning received_us, n, seen
     )
     select received_us, seen from taken order by received_us, n`,
    [untilUs, most.rows, most.bytes],
  );
  const left = await client.query('select from events.sightings where received_us < $1 limit 1', [untilUs]);
  return { rows, isAll: left.rowCount === 0 };
}

/** Sightings by track, each track's in the order of capture. */
async function byTrack(rows: readonly SightingsRow[]): Promise<Map<string, Seen>> {
  const tracks = new Map<string, Seen>();
  for (const { received_us, seen } of rows) {
    await nextTurn();
    for (const { name, sighting } of unpack(seen)) {
      const key = keyOf(name);
      const track = tracks.get(key) ?? { name, sightings: [], receivedUs: 0 };
      track.sightings.push(sighting);
      track.receivedUs = Number(received_us);
      tracks.set(key, track);
    }
  }
  for (const { sightings } of tracks.values()) sightings.sort((a, b) => a.atUs - b.atUs);
  return tracks;
}

async function openTracks(client: PoolClient, names: readonly TrackName[]): Promise<Map<string, Open>> {
  if (names.length === 0) return new Map();
  const { rows } = await client.query<TrackRow>(
    `select t.* from events.tracks t join unnest($1::text[], $2::text[], $3::text[]) as s (camera, run, track)
       using (camera, run, track)`,
    columns(names),
  );
  return new Map(rows.map((row) => [keyOf(row), toOpen(row)]));
}

async function saveTracks(client: PoolClient, open: readonly Open[]): Promise<void> {
  if (open.length === 0) return;
  await client.query(
    `insert into events.tracks (camera, run, track, site, received_us, state)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::json[])
     on conflict (camera, run, track) do update set received_us = excluded.received_us, state = excluded.state`,
    [
      ...columns(open.map(({ name }) => name)),
      open.map(({ name }) => name.site),
      open.map(({ receivedUs }) => receivedUs),
      open.map(({ track }) => JSON.stringify(track)),
    ],
  );
}

async function takeSilent(client: PoolClient, sinceUs: number): Promise<Open[]> {
  const { rows } = await client.query<TrackRow>('delete from events.tracks where received_us < $1 returning *', [
    sinceUs,
  ]);
  return rows.map(toOpen);
}

async function saveFacts(client: PoolClient, facts: readonly TrackFact[]): Promise<void> {
  if (facts.length === 0) return;
  await client.query(
    `insert into events.outbox (stream, id, type, site, occurred_at, data)
     select stream, id, type, site, to_timestamp(us / 1e6), data
     from unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::float8[], $6::json[]) with ordinality
       as f (stream, id, type, site, us, data, n) order by n`,
    [
      facts.map(({ data }) => `track-${data.id}`),
      facts.map(({ id }) => id),
      facts.map(({ type }) => type),
      facts.map(({ data }) => data.site),
      facts.map(({ atUs }) => atUs),
      facts.map(({ data }) => JSON.stringify(data)),
    ],
  );
}

const columns = (names: readonly TrackName[]): string[][] => [
  names.map(({ camera }) => camera),
  names.map(({ run }) => run),
  names.map(({ track }) => track),
];

const keyOf = ({ camera, run, track }: TrackName) => JSON.stringify([camera, run, track]);

const toOpen = ({ site, camera, run, track, received_us, state }: TrackRow): Open => ({
  name: { site, camera, run, track },
  track: state,
  receivedUs: Number(received_us),
});
