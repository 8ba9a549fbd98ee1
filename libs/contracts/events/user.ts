import { z } from 'zod';
import { Id } from '../ids.ts';

/** What a user may do: a viewer sees the pictures of the areas given; an administrator changes everything. */
export const Role = z.enum(['viewer', 'administrator']).meta({ id: 'Role' });
export type Role = z.infer<typeof Role>;

/**
 * What is personal, sealed by auth with a key of that person's own (base64 of nonce, AES-256-GCM ciphertext and tag). Only
 * auth can open it, and nobody any more once the person was erased.
 */
export const SealedText = z.base64().min(40).max(1000).meta({ id: 'SealedText' });

/** Events of a user, on stream `user-<id>`. They name the user by id; the user name stands in them sealed only. */
export const userEvents = {
  UserRegistered: z.object({ user: Id, role: Role, areas: z.array(Id) }),
  UserNamed: z.object({ user: Id, name: SealedText }),
  UserRightsChanged: z.object({ user: Id, role: Role, areas: z.array(Id) }),
  UserPasswordChanged: z.object({ user: Id }),
  UserDeactivated: z.object({ user: Id }),
  PersonErased: z.object({ user: Id }),
} as const;

/** Events of a signed-in session, on stream `session-<id>`: who was there, and which pictures were opened to whom. */
export const sessionEvents = {
  SessionOpened: z.object({ session: Id, user: Id }),
  SessionClosed: z.object({ session: Id, user: Id }),
  MediaGranted: z.object({ session: Id, user: Id, area: Id }),
} as const;
