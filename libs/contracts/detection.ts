import { z } from 'zod';
import { Id } from './ids.ts';

/** A box in the picture: left, top, width, height, each a share (0..1) of the frame. */
export const Box = z
  .tuple([z.number().min(0).max(1), z.number().min(0).max(1), z.number().min(0).max(1), z.number().min(0).max(1)])
  .meta({ id: 'Box', examples: [[0.25, 0.1, 0.1, 0.4]] });
export type Box = z.infer<typeof Box>;

/** Free text as databases and clients can hold it: no NUL, no half of a surrogate pair. */
export const Text = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[^\0\p{Cs}]*$/u, 'text without NUL and without half characters');

/** A point of the picture: from the left and from the top, each a share (0..1) of the frame. */
export const Point = z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]);
export type Point = z.infer<typeof Point>;

/** A part of a body or a thing, `left_knee` for instance, and how sure it is. */
export const Keypoint = z.object({ name: Text(40), at: Point, score: z.number().min(0).max(1).optional() });

/** The class of an object in lower case, `person` or `face` for instance. */
export const ObjectClass = z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/, 'a class such as person or face');

/** What a worker calls one object over time, and itself from one start to the next. */
export const TrackName = Text(64).min(1);
export const RunName = Text(64).min(1);

/**
 * One thing seen in one frame. `track` is the same for one thing over time, within one worker run. `box` is always there:
 * around the outline (`polygon`) or the `keypoints` when the worker told these alone.
 */
export const DetectedObject = z
  .object({
    track: TrackName.optional(),
    class: ObjectClass,
    score: z.number().min(0).max(1),
    box: Box,
    polygon: z.array(Point).min(3).max(200).optional(),
    keypoints: z.array(Keypoint).min(1).max(100).optional(),
    name: Text(200).optional(),
    attributes: z.record(Text(60), z.union([Text(200), z.number(), z.boolean()])).optional(),
  })
  .meta({ id: 'DetectedObject' });
export type DetectedObject = z.infer<typeof DetectedObject>;

/** Which of a camera's streams was analysed. */
export const SourceName = z.enum(['main', 'sub']);
export type SourceName = z.infer<typeof SourceName>;

/**
 * What names a frame. `key` is the CRC-32 of its H.264 VCL NAL units with their total length, both hex;
 * `pts` counts in `clockRate` (Hz) as the stream's own clock does; `width` and `height` are pixels.
 */
export const FrameIdentity = z
  .object({
    key: z
      .string()
      .regex(/^[0-9a-f]{8}-[0-9a-f]{1,8}$/)
      .optional(),
    pts: z.int().optional(),
    clockRate: z.int().min(1).optional(),
    width: z.int().min(1).max(16384).optional(),
    height: z.int().min(1).max(16384).optional(),
    sequence: z.int().min(0).optional(),
  })
  .meta({ id: 'FrameIdentity' });

/**
 * Whose clock told the capture time, and how wrong it may be (µs); `null` when nobody knows. Where a worker's clock was seen
 * to be wrong, that error stands here instead of a smaller one that it told: the time itself is left as it came.
 */
export const Clock = z.object({ name: Text(40), errorUs: z.int().min(0).nullable() });

export const Worker = z.object({ id: Id, run: RunName });
export const Model = z.object({ name: Text(100), version: Text(60) });

/** The most objects that one frame may carry. */
export const maxObjects = 500;

/**
 * What AI saw in one frame, normalised: the one form that stands behind the events service.
 * `id` is made of worker run, camera, frame and raw capture time, so that the same frame sent twice is once.
 */
export const Detection = z
  .object({
    id: z.string().min(1).max(64),
    site: Id,
    camera: Id,
    source: SourceName,
    capturedAtUs: z.int().min(0),
    clock: Clock,
    frame: FrameIdentity,
    worker: Worker,
    model: Model,
    receivedAtUs: z.int().min(0),
    objects: z.array(DetectedObject).max(maxObjects),
  })
  .meta({ id: 'Detection' });
export type Detection = z.infer<typeof Detection>;
