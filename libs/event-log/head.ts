import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { SealHead } from '@sightline/contracts';
import type { Link } from './chain.ts';

/** Heads that cannot be what was signed: missing, cut off, changed, or of another key. Nothing is verified by them. */
export class InvalidHeads extends Error {
  override name = 'InvalidHeads';
}

/** The key that heads are signed with, from PKCS #8 in DER (base64). Throws when it is no Ed25519 key. */
export const sealPrivateKey = (base64: string): KeyObject =>
  ed25519(createPrivateKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'pkcs8' }));

/** The key that heads are checked with, from SPKI in DER (base64). Throws when it is no Ed25519 key. */
export const sealPublicKey = (base64: string): KeyObject =>
  ed25519(createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' }));

function ed25519(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`expected an Ed25519 key, got ${key.asymmetricKeyType}`);
  return key;
}

/** Signs where the chain stands, as the head after `previous`. */
export function signHead({ position, hash }: Link, previous: SealHead | undefined, key: KeyObject): SealHead {
  const head = {
    number: (previous?.number ?? 0) + 1,
    position,
    hash,
    previous: previous?.signature ?? '',
    signedAt: new Date().toISOString(),
  };
  return { ...head, signature: sign(null, signedText(head), key).toString('base64') };
}

/** A head from its line, whose signature holds. Throws {@link InvalidHeads}. */
export function parseHead(line: string, key: KeyObject): SealHead {
  const parsed = SealHead.safeParse(parse(line));
  if (!parsed.success) throw new InvalidHeads('expected a signed head, got something else: it was cut off or changed');
  const head = parsed.data;
  if (!verify(null, signedText(head), key, Buffer.from(head.signature, 'base64')))
    throw new InvalidHeads(
      `the signature of head ${head.number} does not hold: it was changed, or signed by another key`,
    );
  return head;
}

/** Checks that a head is the one after `previous`. Throws {@link InvalidHeads}. */
export function assertFollows(head: SealHead, previous: SealHead | undefined): void {
  const number = (previous?.number ?? 0) + 1;
  if (head.number !== number)
    throw new InvalidHeads(`expected head ${number} next, got ${head.number}: some are missing`);
  if (head.previous !== (previous?.signature ?? '') || head.position <= (previous?.position ?? 0))
    throw new InvalidHeads(`head ${number} does not follow the one before it`);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const signedText = ({ number, position, hash, previous, signedAt }: Omit<SealHead, 'signature'>) =>
  Buffer.from(JSON.stringify(['sightline-log-head', 1, number, position, hash, previous, signedAt]));
