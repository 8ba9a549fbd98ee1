import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isAllowed } from '@sightline/service';
import { unreachable } from './outcome.ts';

/** Names to addresses; throws as `node:dns` does. */
export type Resolve = (host: string) => Promise<string>;

export const resolveByDns: Resolve = async (host) => (await lookup(host)).address;

/**
 * A source's URL with its host replaced by an address of the allowed networks (CIDR), so that what was checked is what is
 * connected to. Throws {@link FeedError}.
 */
export async function pinAddress(
  source: string,
  networks: readonly string[],
  resolve: Resolve = resolveByDns,
): Promise<URL> {
  const url = new URL(source);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const address = isIP(host) ? host : await byName(host, resolve);
  if (!isAllowed(address, networks)) {
    throw unreachable(
      'address_refused',
      'The camera stands outside the camera networks of this site (CAMERA_NETWORKS).',
    );
  }
  url.hostname = isIP(address) === 6 ? `[${address}]` : address;
  return url;
}

async function byName(host: string, resolve: Resolve): Promise<string> {
  try {
    return await resolve(host);
  } catch {
    throw unreachable('unknown_host', "The camera's name is unknown here: check it, or the site's DNS.");
  }
}
