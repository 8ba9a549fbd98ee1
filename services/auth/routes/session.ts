import type { CookieSerializeOptions } from '@fastify/cookie';
import { cookies, endpoints, lifetimes, type SessionView } from '@sightline/contracts';
import { implement, ProblemError } from '@sightline/service';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Account } from '../accounts.ts';
import type { Deps } from '../deps.ts';
import { commandUser, rightsOf } from '../rights.ts';
import type { Session } from '../sessions.ts';

/** Signing in and out. */
export function sessionRoutes(app: FastifyInstance, deps: Deps): void {
  implement(app, endpoints.signIn, async ({ body, reply }) => {
    const account = await slowingGuesses(deps, body.username.toLowerCase(), () =>
      deps.accounts.authenticate(body.username, body.password),
    );
    const session = await deps.sessions.open(account.user);
    await deps.log.append(`session-${session.id}`, 'any', [
      { type: 'SessionOpened', data: { session: session.id, user: account.user }, metadata: actorOf(account.user) },
    ]);
    setCookie(deps, reply, cookies.session, session.token);
    return issueAccess(deps, reply, { account, session });
  });

  implement(app, endpoints.refreshSession, async ({ request, reply }) => {
    const session = await currentSession(deps, request);
    const account = await deps.accounts.find(session.user);
    if (!account) throw signedOut();
    // A session in use lasts: its cookie must not end before it.
    setCookie(deps, reply, cookies.session, request.cookies[cookies.session] ?? '');
    return issueAccess(deps, reply, { account, session });
  });

  implement(app, endpoints.signOut, async ({ request, reply }) => {
    const session = await deps.sessions.use(request.cookies[cookies.session] ?? '');
    if (session) await endSessions(deps, [session]);
    for (const name of [cookies.session, cookies.access]) reply.clearCookie(name, cookieOptions(deps, name));
    return undefined;
  });

  implement(app, endpoints.changePassword, async ({ body, principal, reply }) => {
    const account = await slowingGuesses(deps, principal.user, () =>
      deps.accounts.verify(principal.user, body.current),
    );
    await deps.accounts.changePassword(account.user, body.next);
    await commandUser(deps, account.user, { type: 'ChangePassword' }, account.user);
    await endSessions(deps, await deps.sessions.endOf(account.user, principal.session));
    const session = { id: principal.session, user: account.user };
    return issueAccess(deps, reply, { account: { ...account, mustChange: false }, session });
  });
}

/**
 * Throws while `key` has had too many wrong passwords, and when `check` finds no account. One after the other: of guesses beside
 * each other each would see a count from before all of them.
 */
function slowingGuesses(deps: Deps, key: string, check: () => Promise<Account | undefined>): Promise<Account> {
  return deps.mutex.run(`password of ${key}`, () => guess(deps, key, check));
}

async function guess({ throttle }: Deps, key: string, check: () => Promise<Account | undefined>): Promise<Account> {
  const wait = throttle.waitSeconds(key);
  if (wait > 0) {
    throw new ProblemError(429, 'Too many wrong passwords.', { code: 'locked', hint: `Try again in ${wait} s.` });
  }
  const account = await check();
  if (!account) {
    throttle.failed(key);
    throw new ProblemError(401, 'The user name or the password is wrong.', {
      code: 'wrong_credentials',
      hint: 'Check both; an administrator can set a new password.',
    });
  }
  throttle.succeeded(key);
  return account;
}

async function currentSession({ sessions }: Deps, request: FastifyRequest): Promise<Session> {
  const session = await sessions.use(request.cookies[cookies.session] ?? '');
  if (!session) throw signedOut();
  return session;
}

const signedOut = () =>
  new ProblemError(401, 'The session has ended.', { code: 'session_ended', hint: 'Sign in again.' });
const actorOf = (user: string) => ({ actor: { kind: 'user' as const, id: user } });

/** Ends sessions here, in every service, and in the media server. */
export async function endSessions(deps: Deps, ended: Session[]): Promise<void> {
  for (const { id, user } of ended) {
    await deps.sessions.end(id);
    await deps
      .revoke(id)
      .catch((error: unknown) =>
        deps.logger.warn({ err: error }, 'revocation not told now, it is told after a reconnect'),
      );
    await deps.log.append(`session-${id}`, 'any', [
      { type: 'SessionClosed', data: { session: id, user }, metadata: actorOf(user) },
    ]);
  }
  for (const user of new Set(ended.map((session) => session.user))) await deps.rooms.reconcile(user);
}

/** A one-time password opens nothing but the change of itself: its token has no rights, and none from KV replace them. */
async function issueAccess(
  deps: Deps,
  reply: FastifyReply,
  { account, session }: { account: Account; session: Session },
): Promise<SessionView> {
  const rights = await rightsOf(deps, account.user);
  if (!rights?.active) throw signedOut();
  const { role, areas } = account.mustChange ? { role: 'viewer' as const, areas: [] } : rights;
  const rp = account.mustChange ? Number.MAX_SAFE_INTEGER : rights.position;
  const { token, expiresAt } = await deps.signer.sign({ sub: account.user, sid: session.id, role, areas, rp });
  setCookie(deps, reply, cookies.access, token);
  return {
    user: account.user,
    username: account.username,
    role,
    areas,
    mustChangePassword: account.mustChange,
    accessExpiresAt: expiresAt.toISOString(),
  };
}

function setCookie(deps: Deps, reply: FastifyReply, name: string, value: string): void {
  const maxAge = name === cookies.session ? lifetimes.sessionSeconds : lifetimes.accessSeconds;
  reply.setCookie(name, value, { ...cookieOptions(deps, name), maxAge });
}

function cookieOptions({ origins }: Deps, name: string): CookieSerializeOptions {
  const secure = origins[0]?.startsWith('https:') ?? false;
  return { httpOnly: true, sameSite: 'strict', secure, path: name === cookies.session ? '/api/session' : '/' };
}
