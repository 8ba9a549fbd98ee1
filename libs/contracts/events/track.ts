import { z } from 'zod';
import { Box, ObjectClass, Point, Text } from '../detection.ts';
import { Id, Name, Uuid } from '../ids.ts';

/** A capture time (µs since 1970). */
const CapturedUs = z.int().min(0);

/**
 * Which track a fact is of: `id` is its own for ever, `track` what the worker run called it, which it may use again.
 * `class` is that of the surest sighting so far.
 */
const Track = z.object({
  id: Uuid,
  site: Id,
  camera: Id,
  run: Text(64).min(1),
  track: Text(64).min(1),
  class: ObjectClass,
});

/** When, and where its foot was: the middle of the lower edge of its box. */
const moment = { atUs: CapturedUs, at: Point };
const zone = { zone: Id, zoneName: Name };

/** Facts of a track, one object over time, on stream `track-<id>`. They hold no name and no picture. */
export const trackEvents = {
  /** Seen often enough to be believed; `box` is where it was first seen. */
  TrackStarted: Track.extend({ fromUs: CapturedUs, box: Box }),
  /** Not seen any more; `box` is where it was last seen, `best` its surest sighting. */
  TrackEnded: Track.extend({
    fromUs: CapturedUs,
    toUs: CapturedUs,
    detections: z.int().min(1),
    best: z.object({ atUs: CapturedUs, score: z.number().min(0).max(1), box: Box }),
    box: Box,
  }),
  ZoneEntered: Track.extend({ ...zone, ...moment }),
  /** `because` it moved out, the track ended in it, or the zone is there no more; it was in it since `sinceUs`. */
  ZoneLeft: Track.extend({
    ...zone,
    ...moment,
    sinceUs: CapturedUs,
    because: z.enum(['moved', 'ended', 'removed']),
  }),
  /** It went to the left or to the right side, as seen when looking along the line. */
  LineCrossed: Track.extend({ line: Id, lineName: Name, ...moment, to: z.enum(['left', 'right']) }),
} as const;
