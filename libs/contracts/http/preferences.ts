import { z } from 'zod';
import { ObjectClass } from '../detection.ts';
import { Id } from '../ids.ts';
import { endpoint } from './endpoint.ts';

/** How many pictures a wall shows at once: a square number, all there are, or those that a person has chosen. */
export const WallPlaces = z.union([
  z.literal('all'),
  z.literal('free'),
  z.literal(1),
  z.literal(4),
  z.literal(9),
  z.literal(16),
  z.literal(25),
]);
export type WallPlaces = z.infer<typeof WallPlaces>;

/** A camera's place on a free wall: one place, or `large`: two by two. */
export const FreePlace = z.object({ camera: Id, large: z.boolean() });
export type FreePlace = z.infer<typeof FreePlace>;

/**
 * How a person likes the wall; `free` in order; `way`: with the least delay, or with every box on its frame. Of `hidden`
 * classes nothing is drawn; where something of a `blurred` class is, the picture is made unrecognisable.
 */
export const WallPreferences = z
  .object({
    places: WallPlaces.default('all'),
    free: z.array(FreePlace).max(500).default([]),
    boxes: z.boolean().default(true),
    labels: z.boolean().default(true),
    tracks: z.boolean().default(false),
    hidden: z.array(ObjectClass).max(50).default([]),
    blurred: z.array(ObjectClass).max(50).default([]),
    way: z.enum(['live', 'exact']).default('live'),
  })
  .meta({ id: 'WallPreferences' });
export type WallPreferences = z.infer<typeof WallPreferences>;

const own = { service: 'auth', access: 'signed-in', path: '/api/session/preferences' } as const;

/** What a user likes, kept with his account. */
export const preferenceEndpoints = {
  getPreferences: endpoint({
    ...own,
    method: 'GET',
    summary: 'How the caller likes the wall; what was never saved is as it comes',
    responses: { 200: WallPreferences },
  }),
  savePreferences: endpoint({
    ...own,
    method: 'PUT',
    summary: 'Save how the caller likes the wall',
    body: WallPreferences,
    responses: { 200: WallPreferences },
  }),
} as const;
