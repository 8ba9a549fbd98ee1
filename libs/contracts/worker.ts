import { z } from 'zod';
import {
  Clock,
  DetectedObject,
  FrameIdentity,
  Model,
  maxObjects,
  SourceName,
  Text,
  TrackName,
  Worker,
} from './detection.ts';
import { Id } from './ids.ts';

/** One object as a worker tells it: by a box, an outline or keypoints, or by several of them. */
export const NativeObject = DetectedObject.partial({ box: true }).refine(
  ({ box, polygon, keypoints }) => box !== undefined || polygon !== undefined || keypoints !== undefined,
  'a box, a polygon or keypoints',
);

/** What a worker XADDs to Redis stream `detections` as field `data` (JSON): the native form, one entry a frame. */
export const NativeDetection = z
  .object({
    v: z.literal(1),
    camera: Id,
    source: SourceName.default('main'),
    frame: FrameIdentity.default({}),
    capturedAtUs: z.int().min(0),
    clock: Clock.default({ name: 'worker', errorUs: null }),
    worker: Worker,
    model: Model,
    objects: z.array(NativeObject).max(maxObjects),
  })
  .meta({ id: 'NativeDetection' });
export type NativeDetection = z.infer<typeof NativeDetection>;

/**
 * The JSMpeg system's flat form, one entry an object, taken unchanged. `bbox` is left, top, width, height, in pixels
 * when a frame size is given (here or by the camera), else 0..1; `timestamp` is s, ms or µs since 1970, or ISO 8601.
 */
export const FlatDetection = z
  .object({
    camera_id: Id,
    timestamp: z.union([z.number(), z.string().max(40)]),
    type: Text(40).min(1),
    bbox: z.tuple([z.number(), z.number(), z.number().min(0), z.number().min(0)]),
    track_id: z.union([Text(64), z.number()]).nullish(),
    confidence: z.number().min(0).max(1).nullish(),
    name: Text(200).nullish(),
    frame_width: z.number().min(1).max(16384).optional(),
    frame_height: z.number().min(1).max(16384).optional(),
    frame_size: z.tuple([z.number().min(1).max(16384), z.number().min(1).max(16384)]).optional(),
  })
  .meta({ id: 'FlatDetection' });
export type FlatDetection = z.infer<typeof FlatDetection>;

/** The most bytes one thumbnail may hold as a JPEG. */
export const maxThumbnailBytes = 20_000;

/**
 * What a worker may put beside a native detection as field `thumbnails` (JSON) of the same entry: pictures of tracks of that
 * frame, cut from it, as JPEG in base64. `quality` says how well the track is seen; the best picture of each track is kept.
 */
export const WorkerThumbnails = z
  .array(
    z.object({
      track: TrackName,
      quality: z.number().min(0).max(1),
      jpeg: z.base64().max(4 * Math.ceil((maxThumbnailBytes + 1) / 3)),
    }),
  )
  .min(1)
  .max(32)
  .meta({ id: 'WorkerThumbnails' });
export type WorkerThumbnails = z.infer<typeof WorkerThumbnails>;

/** The most bytes one field `thumbnails` may hold. */
export const maxThumbnailsBytes = 1024 * 1024;

/** Where workers write, and the most bytes one entry may hold. */
export const redisKeys = { stream: 'detections', channel: 'detections', group: 'durable' } as const;
export const maxWorkerPayloadBytes = 256 * 1024;
