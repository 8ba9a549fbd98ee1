import { z } from 'zod';
import { Id } from '../ids.ts';

/** What a user may do: a viewer sees the pictures of the areas given; an administrator changes everything. */
export const Role = z.enum(['viewer', 'administrator']).meta({ id: 'Role' });
export type Role = z.infer<typeof Role>;

/** Events of a user, on stream `user-<id>`. They name the user by id only: the user name stands in auth's own table. */
export const userEvents = {
  UserRegistered: z.object({ user: Id, role: Role, areas: z.array(Id) }),
  UserRightsChanged: z.object({ user: Id, role: Role, areas: z.array(Id) }),
  UserPasswordChanged: z.object({ user: Id }),
  UserDeactivated: z.object({ user: Id }),
} as const;

/** Events of a signed-in session, on stream `session-<id>`: who was there, and which pictures were opened to whom. */
export const sessionEvents = {
  SessionOpened: z.object({ session: Id, user: Id }),
  SessionClosed: z.object({ session: Id, user: Id }),
  MediaGranted: z.object({ session: Id, user: Id, area: Id }),
} as const;
