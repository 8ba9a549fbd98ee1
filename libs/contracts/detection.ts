import { z } from 'zod';
import { Id } from './ids.ts';

/** A box in the picture: left, top, width, height, each a share (0..1) of the frame. */
export const Box = z
  .tuple([z.number().min(0).max(1), z.number().min(0).max(1), z.number().min(0).max(1), z.number().min(0).max(1)])
  .meta({ id: 'Box', examples: [[0.25, 0.1, 0.1, 0.4]] });
export type Box = z.infer<typeof Box>;

/** The class of an object in lower case, `person` or `face` for instance. */
export const ObjectClass = z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/, 'a class such as person or face');

/** One thing seen in one frame. `track` is the same for one thing over time, within one worker run. */
export const DetectedObject = z
  .object({
    track: z.string().min(1).max(64).optional(),
    class: ObjectClass,
    score: z.number().min(0).max(1),
    box: Box,
    name: z.string().max(200).optional(),
    attributes: z.record(z.string().max(60), z.union([z.string().max(200), z.number(), z.boolean()])).optional(),
  })
  .meta({ id: 'DetectedObject' });
export type DetectedObject = z.infer<typeof DetectedObject>;

/** Which of a camera's streams was analysed. */
export const SourceName = z.enum(['main', 'sub']);

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

/** Whose clock told the capture time, and how wrong it may be (µs); `null` when nobody knows. */
export const Clock = z.object({ name: z.string().max(40), errorUs: z.int().min(0).nullable() });

export const Worker = z.object({ id: Id, run: z.string().min(1).max(64) });
export const Model = z.object({ name: z.string().max(100), version: z.string().max(60) });

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
