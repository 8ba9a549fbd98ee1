import type { Box, Detection } from '@sightline/contracts';
import type { Sighting, TrackName } from './track.ts';

type Packed = [
  site: string,
  camera: string,
  run: string,
  atUs: number,
  ...objects: [track: string, kind: string, score: number, ...box: Box][],
];

/** The tracked objects of a detection as text, a JSON array; empty when there are none. */
export function pack({ site, camera, worker, capturedAtUs, objects }: Detection): string {
  const tracked = objects.filter(({ track }) => track !== undefined);
  if (tracked.length === 0) return '';
  const seen = tracked.map(({ track, class: kind, score, box }) => [track, kind, score, ...box]);
  return JSON.stringify([site, camera, worker.run, capturedAtUs, ...seen]);
}

/** What was packed, of several detections: packed texts with commas between them. */
export function unpack(text: string): { name: TrackName; sighting: Sighting }[] {
  return (JSON.parse(`[${text}]`) as Packed[]).flatMap(([site, camera, run, atUs, ...objects]) =>
    objects.map(([track, kind, score, ...box]) => ({
      name: { site, camera, run, track },
      sighting: { atUs, class: kind, score, box },
    })),
  );
}
