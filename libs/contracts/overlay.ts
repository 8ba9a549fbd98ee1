import { z } from 'zod';
import { DetectionDelta } from './delta.ts';
import { Box, Detection, ObjectClass } from './detection.ts';
import { FeedState, Reason } from './events/feed.ts';
import { Id, Instant, Traceparent } from './ids.ts';

/**
 * Subprotocols of the WebSocket `/overlay`: the native one, the same with detections told by what has changed, and the
 * JSMpeg system's flat form for existing canvas code.
 */
export const overlayProtocols = {
  native: 'sightline.v1',
  delta: 'sightline.v1.delta',
  flat: 'sightline.flat',
} as const;

/** The most bytes that a client may send in one message, and the most cameras that one socket may follow. */
export const overlayLimits = { maxPayloadBytes: 16 * 1024, maxCameras: 500 } as const;

/**
 * Which objects a subscriber wants: of these classes, at least so sure, and touching this area of the picture. A frame in
 * which nothing is left still comes, without objects, so that what was drawn before can go.
 */
export const OverlayFilter = z
  .strictObject({
    classes: z.array(ObjectClass).min(1).max(50).optional(),
    minScore: z.number().min(0).max(1).optional(),
    area: Box.optional(),
  })
  .meta({ id: 'OverlayFilter', examples: [{ classes: ['person'], minScore: 0.5, area: [0, 0.5, 1, 0.5] }] });
export type OverlayFilter = z.infer<typeof OverlayFilter>;

/** What a client says on `/overlay`. Subscribing again to a camera puts the newer filter, or none, in force. */
export const OverlayRequest = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('subscribe'),
      cameras: z.array(Id).min(1).max(overlayLimits.maxCameras),
      filter: OverlayFilter.optional(),
    }),
    z.object({ type: z.literal('unsubscribe'), cameras: z.array(Id).min(1).max(overlayLimits.maxCameras) }),
  ])
  .meta({ id: 'OverlayRequest' });
export type OverlayRequest = z.infer<typeof OverlayRequest>;

/** What a camera's feed is doing now; `state` is `unknown` while no ingress has said anything. */
export const CameraMessage = z.object({
  type: z.literal('camera'),
  camera: Id,
  state: z.union([FeedState, z.literal('unknown')]),
  reason: Reason,
  since: Instant,
  /** How old its pictures are at least when they leave the ingress (ms); absent means not late. */
  lagMs: z.int().min(0).optional(),
});
export type CameraMessage = z.infer<typeof CameraMessage>;

/** What the server says on `/overlay` in the native subprotocol; newest wins when a socket is slow. */
export const OverlayMessage = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('subscribed'), camera: Id }),
    z.object({ type: z.literal('unsubscribed'), camera: Id }),
    z.object({ type: z.literal('denied'), camera: Id, reason: z.string() }),
    z.object({
      type: z.literal('detection'),
      detection: Detection,
      traceparent: Traceparent.optional(),
      /** In the delta subprotocol: later ones of this camera, worker and source may be told by what is different from it. */
      base: z.literal(true).optional(),
    }),
    CameraMessage,
    z.object({ type: z.literal('error'), expected: z.string(), got: z.string(), hint: z.string() }),
  ])
  .meta({ id: 'OverlayMessage' });
export type OverlayMessage = z.infer<typeof OverlayMessage>;

/** What it says besides in the delta subprotocol: a detection by what is different from the last base, named by its id. */
export const OverlayDelta = z
  .object({
    type: z.literal('delta'),
    camera: Id,
    base: Detection.shape.id,
    delta: DetectionDelta,
    traceparent: Traceparent.optional(),
  })
  .meta({ id: 'OverlayDelta' });
export type OverlayDelta = z.infer<typeof OverlayDelta>;

/** Why the server closes a socket (RFC 6455 private codes). */
export const overlayCloseCodes = { sessionEnded: 4401, idle: 4408, tooManyErrors: 4400, goingAway: 1001 } as const;
