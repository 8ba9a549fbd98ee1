import { z } from 'zod';
import { Id, Name, Uuid } from '../ids.ts';
import { Marks } from '../zones.ts';

/** One stream of a camera. The URL never holds credentials: those are sealed and kept apart. */
export const Source = z.object({
  url: z
    .string()
    .max(2048)
    .regex(/^rtsps?:\/\/[^@\s]+$/, 'an rtsp:// or rtsps:// URL without credentials'),
});

/** A camera's streams: `main` is shown large and analysed; `sub` is a smaller one for walls. */
export const Sources = z.object({ main: Source, sub: Source.optional() }).meta({ id: 'Sources' });
export type Sources = z.infer<typeof Sources>;

/** Events of a camera, on stream `camera-<id>`. `credentials` names the sealed ones that are in force; it does not hold them. */
export const cameraEvents = {
  CameraRegistered: z.object({
    camera: Id,
    site: Id,
    area: Id,
    name: Name,
    sources: Sources,
    credentials: Uuid.optional(),
    enabled: z.boolean(),
  }),
  CameraRenamed: z.object({ camera: Id, name: Name }),
  CameraMoved: z.object({ camera: Id, area: Id }),
  CameraSourcesChanged: z.object({ camera: Id, sources: Sources, credentials: Uuid.optional() }),
  CameraZonesSet: Marks.extend({ camera: Id }),
  CameraEnabled: z.object({ camera: Id }),
  CameraDisabled: z.object({ camera: Id }),
  CameraRetired: z.object({ camera: Id }),
} as const;
