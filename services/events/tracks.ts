import type { Box, Marks } from '@sightline/contracts';
import type { Directory } from '@sightline/service';
import type { Pool, PoolClient } from 'pg';
import { end, gapUs, type Sighting, see, type Track, type TrackFact, type TrackName } from './track.ts';

/** So many rows of sightings are taken in one transaction. */
const batch = 500;
/** A track is over when all that came up to so long after its last sighting is stored (µs): a worker may be uneven. */
const silenceUs = gapUs + 2_000_000;
const noMarks: Marks = { zones: [], lines: [] };
/** One copy at a time. */
const lock = `hashtext('events tracks')`;

type Seen = readonly [atUs: number, kind: string, score: number, ...box: Box];

interface SightingsRow extends TrackName {
  received_us: string;
  n: string;
  seen: Seen[];
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
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query<{ mine: boolean }>(`select pg_try_advisory_xact_lock(${lock}) as mine`);
    const taken = rows[0]?.mine ? await follow(client, directory, untilUs) : 0;
    await client.query('commit');
    client.release();
    return taken === batch;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function follow(client: PoolClient, directory: Following['directory'], untilUs: number): Promise<number> {
  const sightings = await takeSightings(client, untilUs);
  const open = await openTracks(client, sightings);
  const facts = sightings.flatMap((row) => addTo(open, row, directory.find(row.camera)?.marks ?? noMarks));
  await saveTracks(client, [...open.values()]);
  // As long as sightings wait, nobody can say of a track that it has none.
  const over = sightings.length < batch ? await takeSilent(client, untilUs - silenceUs) : [];
  await saveFacts(client, [...facts, ...over.flatMap(({ name, track }) => end(name, track))]);
  return sightings.length;
}

async function takeSightings(client: PoolClient, untilUs: number): Promise<SightingsRow[]> {
  const { rows } = await client.query<SightingsRow>(
    `with taken as (
       delete from events.sightings where (received_us, n) in (
         select received_us, n from events.sightings where received_us < $1 order by received_us, n limit $2)
       returning *)
     select * from taken order by received_us, n`,
    [untilUs, batch],
  );
  return rows;
}

async function openTracks(client: PoolClient, sightings: readonly SightingsRow[]): Promise<Map<string, Open>> {
  if (sightings.length === 0) return new Map();
  const { rows } = await client.query<TrackRow>(
    `select t.* from events.tracks t join (select distinct * from unnest($1::text[], $2::text[], $3::text[])
       as s (camera, run, track)) s using (camera, run, track)`,
    columns(sightings),
  );
  return new Map(rows.map((row) => [keyOf(row), toOpen(row)]));
}

function addTo(open: Map<string, Open>, row: SightingsRow, marks: Marks): TrackFact[] {
  const { seen, received_us, site, camera, run, track } = row;
  const name = { site, camera, run, track };
  const key = keyOf(name);
  const facts: TrackFact[] = [];
  let now = open.get(key)?.track;
  for (const sighting of seen.map(toSighting).sort((a, b) => a.atUs - b.atUs)) {
    const next = see(name, now, { sighting, marks });
    now = next.track;
    facts.push(...next.facts);
  }
  if (now) open.set(key, { name, track: now, receivedUs: Number(received_us) });
  return facts;
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

const toSighting = ([atUs, kind, score, ...box]: Seen): Sighting => ({ atUs, class: kind, score, box });
