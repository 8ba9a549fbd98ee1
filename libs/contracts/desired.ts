import { z } from 'zod';
import { Sources } from './events/camera.ts';
import { FeedState, Reason } from './events/feed.ts';
import { Role } from './events/user.ts';
import { Id, Instant, Name } from './ids.ts';
import { Marks } from './zones.ts';

/** KV buckets of JetStream, each owned (made and mended) by one service. */
export const buckets = {
  desired: 'DESIRED',
  directory: 'DIRECTORY',
  leases: 'LEASES',
  status: 'STATUS',
  auth: 'AUTH',
  services: 'SERVICES',
} as const;

/** The key in `DESIRED` that says up to which log position the bucket is complete. */
export const completeKey = 'complete';

/**
 * What should run for one camera, in `DESIRED` under `<site>.<camera>`. A camera stops only on `tombstone`: a missing key
 * stops nothing. `credentials` is a libsodium sealed box (base64) of {@link Credentials} for the site's ingress.
 */
export const DesiredCamera = z
  .discriminatedUnion('tombstone', [
    z.object({
      tombstone: z.literal(false),
      camera: Id,
      site: Id,
      area: Id,
      name: Name,
      enabled: z.boolean(),
      sources: Sources,
      credentials: z.string().optional(),
      position: z.int().min(0),
    }),
    z.object({ tombstone: z.literal(true), camera: Id, site: Id, position: z.int().min(0) }),
  ])
  .meta({ id: 'DesiredCamera' });
export type DesiredCamera = z.infer<typeof DesiredCamera>;

/** `DESIRED` holds every change up to this log position. */
export const Complete = z.object({ position: z.int().min(0) });

/** A camera's user and password, as they stand inside the sealed box; `inUrl` is what stood as a password among a URL's parameters. */
export const Credentials = z.object({
  username: z.string().max(200),
  password: z.string().max(200),
  inUrl: z.string().max(2048).optional(),
});
export type Credentials = z.infer<typeof Credentials>;

/** Where a camera belongs, in `DIRECTORY` under its id: what rights are checked against; and what is marked in its picture. */
export const DirectoryEntry = z
  .object({
    camera: Id,
    site: Id,
    area: Id,
    name: Name,
    retired: z.boolean(),
    position: z.int().min(0),
    marks: Marks.optional(),
  })
  .meta({ id: 'DirectoryEntry' });
export type DirectoryEntry = z.infer<typeof DirectoryEntry>;

/** Which ingress pulls a camera, in `LEASES` under `<site>.<camera>`; the epoch grows with every holder. */
export const Lease = z.object({ holder: Id, epoch: z.int().min(1), until: Instant }).meta({ id: 'Lease' });
export type Lease = z.infer<typeof Lease>;

/** What the stream turned out to be, and how it is carried. */
export const FeedMedia = z.object({
  codec: z.string().max(40),
  width: z.int(),
  height: z.int(),
  framesPerSecond: z.number().nullable(),
  transcoded: z.boolean(),
});
export type FeedMedia = z.infer<typeof FeedMedia>;

/** A camera's feed now, in `STATUS` under `<site>.<camera>`. */
export const FeedStatus = z
  .object({
    camera: Id,
    site: Id,
    state: FeedState,
    reason: Reason,
    since: Instant,
    at: Instant,
    epoch: z.int().min(0),
    ingress: Id,
    media: FeedMedia.optional(),
    /** How old its pictures are at least when they leave the ingress (ms); absent means not late. */
    lagMs: z.int().min(0).optional(),
  })
  .meta({ id: 'FeedStatus' });
export type FeedStatus = z.infer<typeof FeedStatus>;

/** A user's rights now, in `AUTH` under `user.<id>`; newer than a token's when `position` (of the log) is greater. */
export const UserRights = z
  .object({ user: Id, position: z.int().min(1), role: Role, areas: z.array(Id), active: z.boolean() })
  .meta({ id: 'UserRights' });
export type UserRights = z.infer<typeof UserRights>;

/** A session that was ended, in `AUTH` under `session.<id>`. */
export const RevokedSession = z.object({ session: Id, at: Instant });

/** A public key that tokens are signed with, in `AUTH` under `key.<kid>` (RFC 7517, OKP Ed25519). */
export const SigningKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  kid: z.string(),
  alg: z.literal('EdDSA'),
});
export type SigningKey = z.infer<typeof SigningKey>;
