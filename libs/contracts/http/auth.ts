import { z } from 'zod';
import { Role } from '../events/user.ts';
import { Id, Instant } from '../ids.ts';
import { endpoint } from './endpoint.ts';
import { CommandAccepted } from './problem.ts';

export const Username = z.string().regex(/^[A-Za-z0-9._@-]{1,100}$/, 'letters, digits and . _ @ -');
export const NewPassword = z.string().min(10, 'at least 10 characters').max(200);

/** Who is signed in. `mustChangePassword` is set until a one-time password has been replaced. */
export const SessionView = z
  .object({
    user: Id,
    username: Username,
    role: Role,
    areas: z.array(Id),
    mustChangePassword: z.boolean(),
    accessExpiresAt: Instant,
  })
  .meta({ id: 'SessionView' });
export type SessionView = z.infer<typeof SessionView>;

/** What stands in the place of a name whose key was destroyed. */
export const erasedPerson = 'erased person';

export const UserView = z
  .object({
    id: Id,
    username: Username.or(z.literal(erasedPerson)),
    role: Role,
    areas: z.array(Id),
    active: z.boolean(),
    erased: z.boolean(),
  })
  .meta({ id: 'UserView' });
export type UserView = z.infer<typeof UserView>;

/** What a viewer needs to open a room of LiveKit: signalling goes to `/rtc` on this same origin. */
export const MediaToken = z
  .object({ area: Id, room: z.string(), token: z.string(), expiresAt: Instant })
  .meta({ id: 'MediaToken' });
export type MediaToken = z.infer<typeof MediaToken>;

const params = z.object({ id: Id });
const rights = z.object({ role: Role, areas: z.array(Id).max(1000) });
const self = { service: 'auth', access: 'signed-in' } as const;
const administer = { service: 'auth', access: 'administrator' } as const;
const noContent = { 204: z.undefined() } as const;

/** Sessions, users and the tokens of the media server. */
export const authEndpoints = {
  signIn: endpoint({
    service: 'auth',
    method: 'POST',
    path: '/api/session',
    summary: 'Sign in; sets the session and access cookies',
    access: 'public',
    body: z.object({ username: z.string().min(1).max(100), password: z.string().min(1).max(200) }),
    responses: { 200: SessionView },
  }),
  refreshSession: endpoint({
    service: 'auth',
    method: 'POST',
    path: '/api/session/refresh',
    summary: 'Take a new access token for the session cookie',
    access: 'public',
    responses: { 200: SessionView },
  }),
  signOut: endpoint({
    service: 'auth',
    method: 'DELETE',
    path: '/api/session',
    summary: 'Sign out; the session ends everywhere',
    access: 'public',
    responses: noContent,
  }),
  changePassword: endpoint({
    ...self,
    method: 'POST',
    path: '/api/session/password',
    summary: 'Change the own password',
    body: z.object({ current: z.string().min(1).max(200), next: NewPassword }),
    responses: { 200: SessionView },
  }),
  listUsers: endpoint({
    ...administer,
    method: 'GET',
    path: '/api/users',
    summary: 'All users',
    responses: { 200: z.object({ users: z.array(UserView) }) },
  }),
  registerUser: endpoint({
    ...administer,
    method: 'POST',
    path: '/api/users',
    summary: 'Register a user; an id of your own choice stays readable for ever: it must not be a name',
    body: rights.extend({ id: Id.optional(), username: Username, password: NewPassword }),
    responses: { 201: CommandAccepted },
  }),
  changeUserRights: endpoint({
    ...administer,
    method: 'PUT',
    path: '/api/users/:id/rights',
    summary: 'Change the role and areas of a user; what is taken away ends within seconds',
    params,
    body: rights,
    responses: { 200: CommandAccepted },
  }),
  deactivateUser: endpoint({
    ...administer,
    method: 'DELETE',
    path: '/api/users/:id',
    summary: 'Deactivate a user and end all sessions of his',
    params,
    responses: { 200: CommandAccepted },
  }),
  erasePerson: endpoint({
    ...administer,
    method: 'DELETE',
    path: '/api/users/:id/person',
    summary: 'Erase the person behind a user: the name becomes unreadable everywhere, for ever; ends all sessions',
    params,
    responses: { 200: CommandAccepted },
  }),
  issueMediaToken: endpoint({
    ...self,
    method: 'POST',
    path: '/api/media-token',
    summary: 'A token for the room of one area',
    body: z.object({ area: Id }),
    responses: { 200: MediaToken },
  }),
  admitMedia: endpoint({
    ...self,
    method: 'GET',
    path: '/api/media-admission',
    summary: 'Asked by the proxy before each connect to the media server',
    responses: noContent,
  }),
} as const;
