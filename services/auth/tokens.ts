import { randomUUID } from 'node:crypto';
import { type AccessClaims, lifetimes, SigningKey } from '@sightline/contracts';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import type { Pool } from 'pg';
import type { z } from 'zod';

/** Signs access tokens with a key that all copies share. */
export interface Signer {
  publicKey: z.infer<typeof SigningKey>;
  sign(claims: Omit<AccessClaims, 'iss' | 'iat' | 'exp'>): Promise<{ token: string; expiresAt: Date }>;
}

/** Takes the newest signing key of the database, or makes the first one. */
export async function createSigner(pool: Pool): Promise<Signer> {
  const { kid, jwk } = (await newestKey(pool)) ?? (await makeKey(pool));
  const key = await importJWK(jwk, 'EdDSA');
  return {
    publicKey: SigningKey.parse({ kty: jwk.kty, crv: jwk.crv, x: jwk.x, kid, alg: 'EdDSA' }),
    sign: async (claims) => {
      const now = Math.floor(Date.now() / 1000);
      const expires = now + lifetimes.accessSeconds;
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'EdDSA', kid })
        .setIssuer('sightline')
        .setIssuedAt(now)
        .setExpirationTime(expires)
        .sign(key);
      return { token, expiresAt: new Date(expires * 1000) };
    },
  };
}

async function newestKey(pool: Pool): Promise<{ kid: string; jwk: JWK } | undefined> {
  const { rows } = await pool.query<{ kid: string; jwk: JWK }>(
    'select kid, private_jwk as jwk from auth.signing_keys order by created_at desc, kid limit 1',
  );
  return rows[0];
}

async function makeKey(pool: Pool): Promise<{ kid: string; jwk: JWK }> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  await pool.query(
    `insert into auth.signing_keys (kid, private_jwk) select $1, $2 where not exists (select from auth.signing_keys)`,
    [randomUUID(), JSON.stringify(await exportJWK(privateKey))],
  );
  const made = await newestKey(pool);
  if (!made) throw new Error('the signing key that was just made is not there');
  return made;
}
