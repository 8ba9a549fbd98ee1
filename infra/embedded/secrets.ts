import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { outsideAccess } from '@sightline/contracts';
import sodium from 'libsodium-wrappers';
import { z } from 'zod';

const password = () => randomBytes(24).toString('base64url');

const Secrets = z.object({
  postgres: z.record(z.string(), z.string()),
  nats: z.record(z.string(), z.string()),
  redis: z.record(z.string(), z.string()),
  livekit: z.object({ key: z.string(), secret: z.string() }),
  seal: z.object({ publicKey: z.string(), privateKey: z.string() }),
  /** Ed25519, DER in base64: what the log's heads are signed with. */
  logSeal: z.object({ publicKey: z.string(), privateKey: z.string() }),
  /** 32 bytes in base64: what the keys of persons are wrapped with. */
  personKeys: z.string(),
});
/** Passwords and keys of one stack, made once and kept in its state folder, readable by its owner only. */
export type Secrets = z.infer<typeof Secrets>;

const users = ['admin', 'registry', 'ingress', 'events', 'overlay-gateway', 'auth', 'worker'];
const natsUsers = [...users, ...Object.keys(outsideAccess)];

/** Reads the secrets of a state folder, or makes them. */
export async function secretsOf(state: string): Promise<Secrets> {
  const folder = join(state, 'secrets');
  const path = join(folder, 'secrets.json');
  const kept = await readFile(path, 'utf8').catch(() => undefined);
  const parsed = kept === undefined ? undefined : JSON.parse(kept);
  const isWhole = parsed?.logSeal && parsed.personKeys && natsUsers.every((user) => user in parsed.nats);
  if (isWhole) return Secrets.parse(parsed);
  const personKeys = randomBytes(32).toString('base64');
  const before = parsed ?? (await makeSecrets());
  const nats = { ...passwordsOf(natsUsers), ...before.nats };
  const made = Secrets.parse({ logSeal: logSealPair(), personKeys, ...before, nats });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(path, JSON.stringify(made, null, 2), { mode: 0o600 });
  return made;
}

async function makeSecrets(): Promise<Omit<Secrets, 'logSeal' | 'personKeys'>> {
  await sodium.ready;
  const pair = sodium.crypto_box_keypair('base64');
  return {
    postgres: passwordsOf(users),
    nats: passwordsOf(natsUsers),
    redis: passwordsOf(users),
    livekit: { key: `API${randomBytes(6).toString('hex')}`, secret: password() + password() },
    seal: { publicKey: toBase64(pair.publicKey), privateKey: toBase64(pair.privateKey) },
  };
}

const passwordsOf = (names: string[]) => Object.fromEntries(names.map((name) => [name, password()]));

function logSealPair() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
  };
}

/** libsodium's own base64 is URL-safe; the environment carries the plain one. */
const toBase64 = (urlSafe: string) => Buffer.from(urlSafe, 'base64url').toString('base64');
