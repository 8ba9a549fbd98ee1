import { setTimeout as pause } from 'node:timers/promises';
import type { NatsConnection } from '@nats-io/transport-node';
import { AccessClaims, buckets, RevokedSession, SigningKey, UserRights } from '@sightline/contracts';
import { errors, importJWK, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Logger } from './logger.ts';
import { watchBucket } from './nats.ts';
import { ProblemError } from './problem.ts';

/** Who is calling, with the rights of this moment. */
export interface Principal {
  user: string;
  session: string;
  role: 'viewer' | 'administrator';
  areas: readonly string[];
  /** Log position of these rights: newer ones from KV take their place. */
  rightsAt: number;
  /** When the token that proved it runs out (ms since 1970). */
  expiresAt: number;
}

/** Verifies access tokens without asking anybody: keys, rights and ended sessions come by KV. */
export interface Guard {
  /**
   * Throws a {@link ProblemError}: 401 when the token is no good, whatever the reason; 503 when a service that has just
   * started could not yet read who may do what.
   */
  verify(token: string | undefined): Promise<Principal>;
  /** The principal's rights now, or undefined when his session or account has ended since. */
  current(principal: Principal): Principal | undefined;
  /** Calls `listener` whenever somebody's rights may have changed; returns how to stop that. */
  onChange(listener: () => void): () => void;
  /** Whether the keys have been read once. */
  ready(): boolean;
}

/** How long a caller waits for a service that has just started and still reads who may do what (ms). */
const startPatienceMs = 3_000;

const AuthEntry = z.union([SigningKey, UserRights, RevokedSession]);

interface GuardOptions {
  nats: NatsConnection;
  logger: Logger;
  signal: AbortSignal;
}

/** Starts a guard that follows KV bucket `AUTH`. */
export function createGuard({ nats, logger, signal }: GuardOptions): Guard {
  const known = new Knowledge();
  const read = watchBucket({
    nats,
    bucket: buckets.auth,
    schema: AuthEntry,
    logger,
    signal,
    onEntry: (key, value) => known.learn(key, value),
  });
  void read.then(() => known.markRead());
  return guardOf(known);
}

/** What is known of keys, rights and ended sessions. Exported for tests of guards without NATS. */
export class Knowledge {
  readonly keys = new Map<string, SigningKey>();
  readonly rights = new Map<string, UserRights>();
  readonly revoked = new Set<string>();
  readonly listeners = new Set<() => void>();
  readonly #imported = new WeakMap<SigningKey, ReturnType<typeof importJWK>>();
  wasRead = false;

  learn(key: string, value: z.infer<typeof AuthEntry>): void {
    const [noun] = key.split('.');
    if (noun === 'key' && 'kid' in value) this.keys.set(value.kid, value);
    if (noun === 'user' && 'role' in value) this.rights.set(value.user, value);
    if (noun === 'session' && 'at' in value) this.revoked.add(value.session);
    for (const listener of this.listeners) listener();
  }

  markRead(): void {
    this.wasRead = true;
  }

  /** The key that a token says it is signed with, imported once; undefined when it is not known. */
  publicKey(kid: string | undefined): ReturnType<typeof importJWK> | undefined {
    const key = kid === undefined ? undefined : this.keys.get(kid);
    return key && this.#imported.getOrInsertComputed(key, () => importJWK(key, 'EdDSA'));
  }
}

/** A guard over given knowledge. */
export function guardOf(known: Knowledge, patienceMs = startPatienceMs): Guard {
  const ready = () => known.wasRead && known.keys.size > 0;
  const current = (principal: Principal): Principal | undefined => {
    if (known.revoked.has(principal.session)) return undefined;
    const rights = known.rights.get(principal.user);
    if (!rights) return principal;
    if (!rights.active) return undefined;
    if (rights.position <= principal.rightsAt) return principal;
    return { ...principal, role: rights.role, areas: rights.areas, rightsAt: rights.position };
  };
  return {
    current,
    ready,
    onChange: (listener) => {
      known.listeners.add(listener);
      return () => known.listeners.delete(listener);
    },
    verify: async (token) => {
      if (!token) throw unauthorised('not_signed_in', 'Nobody is signed in.');
      await untilReady(ready, patienceMs);
      const claims = await verifyToken(token, known);
      const principal = current({
        user: claims.sub,
        session: claims.sid,
        role: claims.role,
        areas: claims.areas,
        rightsAt: claims.rp,
        expiresAt: claims.exp * 1000,
      });
      if (!principal) throw unauthorised('session_ended', 'The session has ended.');
      return principal;
    },
  };
}

/** A token cannot be told from a foreign one, nor an ended session from an open one, before all has been read once. */
async function untilReady(ready: () => boolean, patienceMs: number): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!ready()) {
    if (performance.now() > deadline)
      throw new ProblemError(503, 'This service has just started, and does not know yet who may do what.', {
        code: 'not_ready',
        hint: 'Try again in a few seconds. If it stays so, look at /ready of this service: it needs NATS.',
      });
    await pause(20);
  }
}

async function verifyToken(token: string, known: Knowledge): Promise<AccessClaims> {
  try {
    const { payload } = await jwtVerify(token, ({ kid }) => known.publicKey(kid) ?? unknownKey(kid), {
      algorithms: ['EdDSA'],
      issuer: 'sightline',
    });
    return AccessClaims.parse(payload);
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw unauthorised('token_expired', 'The access token has run out.');
    throw unauthorised('token_invalid', 'The access token is no good.');
  }
}

function unknownKey(kid: string | undefined): never {
  throw new Error(`unknown signing key ${kid}`);
}

const unauthorised = (code: string, detail: string) =>
  new ProblemError(401, detail, { code, expected: 'a valid access token', hint: 'Sign in again.' });

/** Whether the principal may see an area. Administrators see all. */
export const maySee = (principal: Pick<Principal, 'role' | 'areas'>, area: string): boolean =>
  principal.role === 'administrator' || principal.areas.includes(area);

/** The answer for what does not exist and for what one may not see: nobody learns of areas that he has no right to. */
export const notVisible = (what: string): ProblemError =>
  new ProblemError(404, `There is no such ${what}, or you may not see it.`, {
    code: 'not_found',
    hint: 'Ask an administrator for the right to its area.',
  });
