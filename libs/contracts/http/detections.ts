import { z } from 'zod';
import { Box, DetectedObject, Detection, ObjectClass, RunName, TrackName } from '../detection.ts';
import { Id, Instant } from '../ids.ts';
import { endpoint } from './endpoint.ts';

/** A worker's message that could not be taken, with the reason. The payload is cut to 4 KiB; of what may not be kept it is empty. */
export const DeadLetter = z
  .object({
    id: z.string(),
    at: Instant,
    reason: z.string(),
    source: z.enum(['stream', 'channel', 'edge']),
    payload: z.string(),
  })
  .meta({ id: 'DeadLetter' });
export type DeadLetter = z.infer<typeof DeadLetter>;

/** One object as it was seen in one stored frame; `detection` is the id of that frame's detection, `run` the worker run. */
export const SeenObject = DetectedObject.pick({ track: true, class: true, score: true, box: true })
  .extend({ site: Id, camera: Id, capturedAtUs: z.int(), detection: z.string(), run: z.string() })
  .meta({ id: 'SeenObject' });
export type SeenObject = z.infer<typeof SeenObject>;

/** Where a page ended, as an answer before named it. */
export const Cursor = z
  .string()
  .max(200)
  .regex(/^[A-Za-z0-9_-]*$/, 'the `next` of the page before');

/** An area of the picture as `left,top,width,height`, each 0..1. */
const Area = z
  .string()
  .max(100)
  .transform((text) => text.split(',').map(Number))
  .pipe(Box);

const stretch = { from: Instant.optional(), to: Instant.optional() };
const limitOf = (most: number, usual: number) => z.coerce.number().int().min(1).max(most).default(usual);

export const ObjectQuery = z.object({
  ...stretch,
  site: Id.optional(),
  camera: Id.optional(),
  class: ObjectClass.optional(),
  track: TrackName.optional(),
  minScore: z.coerce.number().min(0).max(1).optional(),
  area: Area.optional(),
  cursor: Cursor.optional(),
  limit: limitOf(1000, 100),
});
export type ObjectQuery = z.infer<typeof ObjectQuery>;

export const PathQuery = z.object({
  ...stretch,
  camera: Id,
  track: TrackName,
  run: RunName.optional(),
  limit: limitOf(10_000, 1_000),
});
export type PathQuery = z.infer<typeof PathQuery>;

const get = { service: 'events', method: 'GET', access: 'signed-in' } as const;

/** What AI saw, from storage. */
export const detectionEndpoints = {
  listDetections: endpoint({
    ...get,
    path: '/api/detections',
    summary: 'Detections of one camera, newest first',
    query: z.object({ ...stretch, camera: Id, cursor: Cursor.optional(), limit: limitOf(1000, 100) }),
    responses: { 200: z.object({ detections: z.array(Detection), next: Cursor.optional() }) },
  }),
  searchObjects: endpoint({
    ...get,
    path: '/api/detections/objects',
    summary: 'Objects by site, camera, class, time, score, area of the picture and track, newest first',
    query: ObjectQuery,
    responses: { 200: z.object({ objects: z.array(SeenObject), next: Cursor.optional() }) },
  }),
  trackPath: endpoint({
    ...get,
    path: '/api/detections/path',
    summary: 'Where one track went, oldest first',
    query: PathQuery,
    responses: { 200: z.object({ path: z.array(SeenObject) }) },
  }),
  playDetections: endpoint({
    ...get,
    path: '/api/detections/playback',
    summary: 'Boxes of a stretch of time, one OverlayMessage a line (application/x-ndjson), in the order of capture',
    query: z.object({ camera: Id, from: Instant, to: Instant }),
    responses: { 200: z.unknown() },
  }),
  listDeadLetters: endpoint({
    ...get,
    path: '/api/dead-letters',
    summary: 'Worker messages that could not be taken, newest first',
    access: 'administrator',
    query: z.object({ limit: limitOf(1000, 100) }),
    responses: { 200: z.object({ deadLetters: z.array(DeadLetter) }) },
  }),
} as const;
