import type { Box, EventOf, trackEvents } from '@sightline/contracts';
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
}

/** What the log is told of a track. The same sightings give the same facts with the same ids. */
export type TrackFact = EventOf<typeof trackEvents> & { id: string; atUs: number };

/** What a sighting makes of a track, if there is one by this name: it, or another that took its place, and new facts. */
export function see(
  name: TrackName,
  before: Track | undefined,
  sighting: Sighting,
): { track: Track; facts: TrackFact[] } {
  if (!before) return { track: begin(name, sighting), facts: [] };
  if (sighting.atUs - before.toUs > gapUs) return { track: begin(name, sighting), facts: end(name, before) };
  const track = add(before, sighting);
  return { track, facts: track.detections === fewSightings ? [started(name, track)] : [] };
}

/** What is told of a track that is not seen any more. */
export function end(name: TrackName, track: Track): TrackFact[] {
  const { first: _, ...told } = track;
  if (track.detections < fewSightings) return [];
  return [{ type: 'TrackEnded', id: uuidOf(track.id, 'ended'), atUs: track.toUs, data: { ...name, ...told } }];
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

function started(name: TrackName, { id, class: kind, fromUs, first }: Track): TrackFact {
  const data = { ...name, id, class: kind, fromUs, box: first };
  return { type: 'TrackStarted', id: uuidOf(id, 'started'), atUs: fromUs, data };
}
