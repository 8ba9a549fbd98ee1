import { importJWK, type JWK, SignJWT } from 'jose';
import { Client } from 'pg';

/**
 * A short administrator's token for whoever owns the database: signed with auth's own key, read as the superuser. It seeds
 * the demo and serves tests; no service accepts anything that auth's key has not signed.
 */
export async function operatorToken(adminUrl: string, name: string): Promise<string> {
  const client = new Client({ connectionString: `${adminUrl}/sightline` });
  await client.connect();
  try {
    const { rows } = await client.query<{ kid: string; jwk: JWK }>(
      'select kid, private_jwk as jwk from auth.signing_keys order by created_at desc, kid limit 1',
    );
    const [key] = rows;
    if (!key) throw new Error('auth has no signing key yet');
    return await new SignJWT({ sub: name, sid: name, role: 'administrator', areas: [], rp: 0 })
      .setProtectedHeader({ alg: 'EdDSA', kid: key.kid })
      .setIssuer('sightline')
      .setIssuedAt()
      .setExpirationTime('2 min')
      .sign(await importJWK(key.jwk, 'EdDSA'));
  } finally {
    await client.end();
  }
}
