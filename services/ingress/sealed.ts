import { Credentials } from '@sightline/contracts';
import sodium from 'libsodium-wrappers';
import { FeedError, outcome } from './outcome.ts';

/** Opens camera credentials that the registry sealed for this site (libsodium sealed box). Keys in base64. */
export async function createOpener(publicKey: string, privateKey: string): Promise<(sealed: string) => Credentials> {
  await sodium.ready;
  const [open, secret] = [Buffer.from(publicKey, 'base64'), Buffer.from(privateKey, 'base64')];
  return (sealed) => {
    try {
      const text = sodium.crypto_box_seal_open(Buffer.from(sealed, 'base64'), open, secret, 'text');
      return Credentials.parse(JSON.parse(text));
    } catch {
      throw new FeedError(
        outcome(
          'unauthorised',
          'sealed',
          'The credentials of this camera were sealed for another ingress: enter them again.',
        ),
      );
    }
  };
}
