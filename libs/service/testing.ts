import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { AccessClaims } from '@sightline/contracts';
import { exportJWK, importJWK, SignJWT } from 'jose';
import { type Guard, guardOf, Knowledge } from './guard.ts';

/** A guard whose tokens a test signs by itself, with what it knows at hand. */
export interface TestGuard {
  guard: Guard;
  known: Knowledge;
  /** A token of a user; claims not given are those of a viewer without areas. */
  token(claims?: Partial<AccessClaims>): Promise<string>;
}

/** Makes a guard with one signing key of its own: for tests of routes, where no auth service runs. */
export async function createTestGuard(): Promise<TestGuard> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const kid = randomUUID();
  const jwk = await exportJWK(publicKey);
  const known = new Knowledge();
  known.learn(`key.${kid}`, { kty: 'OKP', crv: 'Ed25519', x: jwk.x ?? '', kid, alg: 'EdDSA' });
  known.markRead();
  const signing = await importJWK({ ...(await exportJWK(privateKey)), alg: 'EdDSA' });
  return {
    guard: guardOf(known),
    known,
    token: ({ iat, exp, iss, ...claims } = {}) =>
      new SignJWT({ sub: 'someone', sid: 'session-1', role: 'viewer', areas: [], rp: 1, ...claims })
        .setProtectedHeader({ alg: 'EdDSA', kid })
        .setIssuer(iss ?? 'sightline')
        .setIssuedAt(iat)
        .setExpirationTime(exp ?? '10 min')
        .sign(signing),
  };
}
