import { z } from 'zod';
import { ObjectClass, RunName, TrackName } from '../detection.ts';
import { trackEvents } from '../events/track.ts';
import { Id, Instant } from '../ids.ts';
import { Cursor } from './detections.ts';
import { endpoint } from './endpoint.ts';

const fact = <Type extends keyof typeof trackEvents>(type: Type) =>
  z.object({ type: z.literal(type), position: z.int().min(1), data: trackEvents[type] });

/** A fact of a track as the log has it, at its position there. */
export const TrackFactView = z
  .discriminatedUnion('type', [
    fact('TrackStarted'),
    fact('TrackEnded'),
    fact('ZoneEntered'),
    fact('ZoneLeft'),
    fact('LineCrossed'),
  ])
  .meta({ id: 'TrackFactView' });
export type TrackFactView = z.infer<typeof TrackFactView>;

/**
 * `from` and `to` are times of capture; `zone` and `line` are ids, which each camera has of its own. `minScore` is of the
 * surest sighting, which only the end of a track tells: with it nothing else is found.
 */
export const TrackFactQuery = z.object({
  from: Instant.optional(),
  to: Instant.optional(),
  site: Id.optional(),
  camera: Id.optional(),
  type: z.enum(['TrackStarted', 'TrackEnded', 'ZoneEntered', 'ZoneLeft', 'LineCrossed']).optional(),
  class: ObjectClass.optional(),
  zone: Id.optional(),
  line: Id.optional(),
  track: TrackName.optional(),
  minScore: z.coerce.number().min(0).max(1).optional(),
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
export type TrackFactQuery = z.infer<typeof TrackFactQuery>;

/** What tracks did, as far as the log tells it. */
export const trackEndpoints = {
  searchTrackFacts: endpoint({
    service: 'events',
    method: 'GET',
    access: 'signed-in',
    path: '/api/tracks/facts',
    summary: 'Tracks that started, ended, entered or left a zone or crossed a line, newest first',
    query: TrackFactQuery,
    responses: { 200: z.object({ facts: z.array(TrackFactView), next: Cursor.optional() }) },
  }),
  trackThumbnail: endpoint({
    service: 'events',
    method: 'GET',
    access: 'signed-in',
    path: '/api/tracks/thumbnail',
    summary:
      'The best moment of a track as image/jpeg, where its worker cuts one; without `run` of the newest of that name',
    query: z.object({
      camera: Id,
      track: TrackName,
      run: RunName.optional(),
    }),
    responses: { 200: z.unknown() },
  }),
} as const;
