import { z } from 'zod';
import { Role } from './events/user.ts';
import { Id } from './ids.ts';

/** Claims of the short access token (JWT, EdDSA) that every service verifies by itself. `rp` is the log position of the rights. */
export const AccessClaims = z
  .object({
    iss: z.literal('sightline'),
    sub: Id,
    sid: Id,
    role: Role,
    areas: z.array(Id),
    rp: z.int().min(0),
    iat: z.int(),
    exp: z.int(),
  })
  .meta({ id: 'AccessClaims' });
export type AccessClaims = z.infer<typeof AccessClaims>;

/** Cookies: the session's (opaque, for auth only) and the access token's (for every service); both http-only, same-site. */
export const cookies = { session: 'sl_session', access: 'sl_access' } as const;

/** How long an access token is good for, and a session without use (s). */
export const lifetimes = { accessSeconds: 600, sessionSeconds: 12 * 3600 } as const;
