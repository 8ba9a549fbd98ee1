import { z } from 'zod';
import { Sources } from '../events/camera.ts';
import { FeedState, Reason } from '../events/feed.ts';
import { Id, Instant, Name } from '../ids.ts';
import { Marks, MarksInput } from '../zones.ts';
import { endpoint } from './endpoint.ts';
import { CommandAccepted } from './problem.ts';

/**
 * An RTSP URL as people paste it: a user and password in it (also a password among the parameters of its path or query), or
 * beside it, are taken out, sealed and never shown again. `***` in place of a password means the one that is sealed.
 */
export const SourceInput = z
  .object({
    url: z.string().trim().min(1).max(2048),
    username: z.string().max(200).optional(),
    password: z.string().max(200).optional(),
  })
  .meta({ id: 'SourceInput', examples: [{ url: 'rtsp://viewer:secret@192.168.1.20:554/stream1' }] });
export type SourceInput = z.infer<typeof SourceInput>;
export const SourcesInput = z.object({ main: SourceInput, sub: SourceInput.optional() }).meta({ id: 'SourcesInput' });
export type SourcesInput = z.infer<typeof SourcesInput>;

/** A camera with what its feed is doing, as seen in the log. Sources and their hosts are shown to administrators only. */
export const CameraView = z
  .object({
    id: Id,
    site: Id,
    area: Id,
    name: Name,
    enabled: z.boolean(),
    retired: z.boolean(),
    sources: Sources.optional(),
    hasCredentials: z.boolean().optional(),
    ...Marks.shape,
    /** `silent`: its ingress has said nothing for a while, so that nobody knows whether that is still so. */
    feed: z.object({ state: FeedState, reason: Reason, since: Instant, silent: z.literal(true).optional() }).optional(),
  })
  .meta({ id: 'CameraView' });
export type CameraView = z.infer<typeof CameraView>;

export const RegisterCamera = z
  .object({ id: Id.optional(), area: Id, name: Name, sources: SourcesInput, enabled: z.boolean().default(true) })
  .meta({ id: 'RegisterCamera' });
export type RegisterCamera = z.infer<typeof RegisterCamera>;

const params = z.object({ id: Id });
const command = {
  service: 'registry',
  method: 'POST',
  access: 'administrator',
  params,
  responses: { 200: CommandAccepted },
} as const;

/** Cameras: a viewer lists those of the areas given to him; administrators change them. */
export const cameraEndpoints = {
  listCameras: endpoint({
    service: 'registry',
    method: 'GET',
    path: '/api/cameras',
    summary: 'Cameras that the caller may see',
    access: 'signed-in',
    query: z.object({ site: Id.optional(), area: Id.optional(), retired: z.stringbool().optional() }),
    responses: { 200: z.object({ cameras: z.array(CameraView) }) },
  }),
  getCamera: endpoint({
    service: 'registry',
    method: 'GET',
    path: '/api/cameras/:id',
    summary: 'One camera',
    access: 'signed-in',
    params,
    responses: { 200: CameraView },
  }),
  registerCamera: endpoint({
    service: 'registry',
    method: 'POST',
    path: '/api/cameras',
    summary: 'Register a camera',
    access: 'administrator',
    body: RegisterCamera,
    responses: { 201: CommandAccepted },
  }),
  renameCamera: endpoint({
    ...command,
    path: '/api/cameras/:id/rename',
    summary: 'Rename a camera',
    body: z.object({ name: Name }),
  }),
  moveCamera: endpoint({
    ...command,
    path: '/api/cameras/:id/move',
    summary: 'Move a camera to another area of its site',
    body: z.object({ area: Id }),
  }),
  changeCameraSources: endpoint({
    ...command,
    path: '/api/cameras/:id/sources',
    summary: 'Change the URLs or credentials of a camera',
    body: SourcesInput,
  }),
  setCameraZones: endpoint({
    ...command,
    path: '/api/cameras/:id/zones',
    summary: "Say which zones and lines are marked in a camera's picture: these and no others",
    body: MarksInput,
  }),
  enableCamera: endpoint({ ...command, path: '/api/cameras/:id/enable', summary: 'Switch a camera on' }),
  disableCamera: endpoint({ ...command, path: '/api/cameras/:id/disable', summary: 'Switch a camera off' }),
  retireCamera: endpoint({ ...command, path: '/api/cameras/:id/retire', summary: 'Retire a camera for good' }),
} as const;
