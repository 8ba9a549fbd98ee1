import { z } from 'zod';
import { Id } from '../ids.ts';
import { endpoint } from './endpoint.ts';

/** How a viewer tied boxes to frames: by the frame's name, by the clock, or not at all. */
export const BoxMode = z.enum(['exact', 'clock', 'arrival']).meta({ id: 'BoxMode' });
export type BoxMode = z.infer<typeof BoxMode>;

/** Upper bounds of the classes in which skew is counted (ms); one more class has no bound. */
export const skewBoundsMs = [1, 20, 40, 70, 140, 300, 600, 1_200] as const;

/** The most displayed frames that one report may count, of all cameras together: each costs whoever takes it some work. */
const mostFrames = 100_000;

/**
 * What a viewer has drawn since its last report: for each camera and mode the displayed frames, by how far in time their
 * boxes were from an analysed frame (in `arrival`: since they came).
 */
export const SkewReport = z
  .strictObject({
    cameras: z
      .array(
        z.strictObject({
          camera: Id,
          mode: BoxMode,
          counts: z.array(z.int().min(0).max(mostFrames)).length(skewBoundsMs.length + 1),
        }),
      )
      .min(1)
      .max(200)
      .refine((cameras) => framesOf(cameras) <= mostFrames, `at most ${mostFrames} frames in all`),
  })
  .meta({ id: 'SkewReport' });
export type SkewReport = z.infer<typeof SkewReport>;

function framesOf(cameras: readonly { counts: readonly number[] }[]): number {
  return cameras.flatMap(({ counts }) => counts).reduce((sum, count) => sum + count, 0);
}

/** What viewers tell the gateway of their boxes. */
export const skewEndpoints = {
  reportSkew: endpoint({
    service: 'overlay-gateway',
    method: 'POST',
    path: '/api/overlay-gateway/skew',
    summary: 'Report how far boxes were from the frames they were drawn on',
    access: 'signed-in',
    body: SkewReport,
    responses: { 204: z.undefined() },
  }),
} as const;
