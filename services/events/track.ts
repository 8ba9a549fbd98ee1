import type { Box, EventOf, Marks, Point, trackEvents } from '@sightline/contracts';
import { move, nowhere, type Standing } from './marks.ts';
import { uuidOf } from './name-uuid.ts';

/** A track ends when it was not seen for so long in capture time (µs). */
export const gapUs = 5_000_000;
/** Something seen less often is taken for a mistake of the worker: no fact is told of it. */
const fewSightings = 3;

/** A tracked object in one frame, captured at `atUs` (µs since 1970). */
export interface Sighting {
  atUs: number;
  class: string;
  score: number;
  box: Box;
}

/** What a worker run calls a track; the name may be used again later. */
export interface TrackName {
  site: string;
  camera: string;
  run: string;
  track: string;
}

/** A track that has not ended, as its sightings so far have made it. */
export interface Track {
  id: string;
  fromUs: number;
  toUs: number;
  detections: number;
  class: string;
  best: { atUs: number; score: number; box: Box };
  first: Box;
  box: Box;
  /** How it stands to zones and lines; facts of that which wait until it is believed. */
  standing: Standing;
  held: TrackFact[];
}

/** What the log is told of a track. The same sightings give the same facts with the same ids. */
export type TrackFact = EventOf<typeof trackEvents> & { id: string; atUs: number };

/** What a sighting makes of a track, if there is one by this name: it, or another that took its place, and new facts. */
export function see(
  name: TrackName,
  before: Track | undefined,
  { sighting, marks }: { sighting: Sighting; marks: Marks },
): { track: Track; facts: TrackFact[] } {
  if (before && sighting.atUs - before.toUs > gapUs) {
    const { track, facts } = see(name, undefined, { sighting, marks });
    return { track, facts: [...end(name, before), ...facts] };
  }
  const isLate = before !== undefined && sighting.atUs <= before.toUs;
  const seen = before ? add(before, sighting) : begin(name, sighting);
  const { track, facts } = isLate ? { track: seen, facts: [] } : stand(name, seen, marks);
  if (track.detections < fewSightings) return { track: { ...track, held: [...track.held, ...facts] }, facts: [] };
  const news = track.detections === fewSightings ? [started(name, track), ...track.held, ...facts] : facts;
  return { track: { ...track, held: [] }, facts: news };
}

/** What is told of a track that is not seen any more. */
export function end(name: TrackName, track: Track): TrackFact[] {
  if (track.detections < fewSightings) return [];
  const { toUs, detections, best, fromUs, box, standing } = track;
  const left = standing.inside.map((inside) => zoneLeft(name, track, { inside, because: 'ended' }));
  const data = { ...aboutOf(name, track), fromUs, toUs, detections, best, box };
  return [...left, { type: 'TrackEnded', id: uuidOf(track.id, 'ended'), atUs: toUs, data }];
}

function begin({ camera, run, track }: TrackName, { atUs, class: kind, score, box }: Sighting): Track {
  return {
    id: uuidOf(camera, run, track, atUs),
    fromUs: atUs,
    toUs: atUs,
    detections: 1,
    class: kind,
    best: { atUs, score, box },
    first: box,
    box,
    standing: nowhere,
    held: [],
  };
}

/** One that comes late counts, but does not move the track back. */
function add(track: Track, { atUs, class: kind, score, box }: Sighting): Track {
  return {
    ...track,
    ...(atUs >= track.toUs ? { toUs: atUs, box } : {}),
    ...(score > track.best.score ? { class: kind, best: { atUs, score, box } } : {}),
    detections: track.detections + 1,
  };
}

/** Where a track is now among zones and lines, and what it has done by coming there. */
function stand(name: TrackName, track: Track, marks: Marks): { track: Track; facts: TrackFact[] } {
  const { entered, left, crossed, ...standing } = move(track.standing, marks, {
    at: footOf(track.box),
    atUs: track.toUs,
  });
  const facts = [
    ...left.map((each) => zoneLeft(name, track, each)),
    ...entered.map(({ id, name: zoneName }) => {
      const data = { ...momentOf(name, track), zone: id, zoneName };
      return { type: 'ZoneEntered', id: uuidOf(track.id, 'entered', id, track.toUs), atUs: track.toUs, data } as const;
    }),
    ...crossed.map(({ line, to }) => {
      const data = { ...momentOf(name, track), line: line.id, lineName: line.name, to };
      return {
        type: 'LineCrossed',
        id: uuidOf(track.id, 'crossed', line.id, track.toUs),
        atUs: track.toUs,
        data,
      } as const;
    }),
  ];
  return { track: { ...track, standing }, facts };
}

type Left = Pick<EventOf<Pick<typeof trackEvents, 'ZoneLeft'>>['data'], 'because'> & {
  inside: Standing['inside'][number];
};

function zoneLeft(name: TrackName, track: Track, { inside, because }: Left): TrackFact {
  const { zone, name: zoneName, sinceUs } = inside;
  const data = { ...momentOf(name, track), zone, zoneName, sinceUs, because };
  return { type: 'ZoneLeft', id: uuidOf(track.id, 'left', zone, track.toUs), atUs: track.toUs, data };
}

function started(name: TrackName, track: Track): TrackFact {
  const data = { ...aboutOf(name, track), fromUs: track.fromUs, box: track.first };
  return { type: 'TrackStarted', id: uuidOf(track.id, 'started'), atUs: track.fromUs, data };
}

const aboutOf = ({ site, camera, run, track }: TrackName, { id, class: kind }: Track) => ({
  id,
  site,
  camera,
  run,
  track,
  class: kind,
});

const momentOf = (name: TrackName, track: Track) => ({
  ...aboutOf(name, track),
  atUs: track.toUs,
  at: footOf(track.box),
});

/** The middle of the lower edge of a box: where a thing stands on the ground. */
function footOf([left, top, width, height]: Box): Point {
  return [Math.min(1, left + width / 2), Math.min(1, top + height)];
}
