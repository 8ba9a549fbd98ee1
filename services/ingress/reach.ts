import { type Credentials, withPassword } from '@sightline/contracts';
import { pinAddress } from './address.ts';
import { knock } from './knock.ts';

/** A camera's source as it stands in the registry: what is secret of it apart. */
export interface CameraSource {
  url: string;
  credentials: Credentials | undefined;
}

/** Where a camera was found, its password in the URL again if it wants it there, and how long an answer takes on the way there (ms). */
export interface ReachableSource {
  url: URL;
  roundTripMs: number;
}

/** Resolves the address and asks the camera whether it is there. Throws {@link FeedError}. */
export type Reach = (source: CameraSource, signal: AbortSignal) => Promise<ReachableSource>;

/** Reaches cameras in the allowed networks (CIDR) alone. */
export const reachWithin =
  (networks: readonly string[]): Reach =>
  async ({ url, credentials }, signal) => {
    const pinned = await pinAddress(withPassword(url, credentials), networks);
    return { url: pinned, roundTripMs: await knock(pinned, signal) };
  };
