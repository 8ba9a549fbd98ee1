import { isIP } from 'node:net';
import { bareUrl, type Credentials, passwordInUrl, type SourceInput } from '@sightline/contracts';
import ipaddr from 'ipaddr.js';
import { ProblemError } from './problem.ts';

const expected = 'an URL like rtsp://192.168.1.20:554/stream1';

/** A source's address and its credentials, apart. */
export interface ParsedSource {
  url: string;
  credentials: Credentials | undefined;
}

/**
 * Takes a source as people type it: user and password come out of the URL, an address outside `networks` (CIDR),
 * where given, is refused. Host names are looked up and held against the same networks by the ingress. Throws 400, never with the URL.
 */
export function parseSource(input: SourceInput, networks?: readonly string[]): ParsedSource {
  const url = parseUrl(input.url);
  const username = input.username ?? decode(url.username);
  const password = input.password ?? decode(url.password);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (networks && isIP(host) && !isAllowed(host, networks)) {
    throw refuse('The address is outside the networks of cameras.', { expected: networks.join(', '), got: host });
  }
  return { url: bareUrl(url.href), credentials: credentialsOf(username, password, passwordInUrl(url.href)) };
}

/** One user and password for all streams of a camera: those of the first that has any. */
export function joinCredentials(all: readonly (Credentials | undefined)[]): Credentials | undefined {
  const given = all.filter((each) => each !== undefined);
  const { username = '', password = '' } = given.find((each) => each.username || each.password) ?? {};
  return credentialsOf(username, password, given.find((each) => each.inUrl)?.inUrl);
}

function credentialsOf(username: string, password: string, inUrl: string | undefined): Credentials | undefined {
  if (!username && !password && !inUrl) return undefined;
  return { username, password, ...(inUrl ? { inUrl } : {}) };
}

function parseUrl(text: string): URL {
  if (!URL.canParse(text)) throw refuse('This is not a URL.', { expected, got: 'something that cannot be parsed' });
  const url = new URL(text);
  if (url.protocol !== 'rtsp:' && url.protocol !== 'rtsps:') {
    throw refuse('Only RTSP sources can be taken.', { expected, got: url.protocol });
  }
  if (!url.hostname) throw refuse('The URL names no host.', { expected, got: 'no host' });
  return url;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether an IP address lies in one of the networks. */
export function isAllowed(address: string, networks: readonly string[]): boolean {
  const parsed = ipaddr.process(address);
  return networks.some((network) => {
    const [range, bits] = ipaddr.parseCIDR(network);
    return range.kind() === parsed.kind() && parsed.match(range, bits);
  });
}

const refuse = (detail: string, { expected: wanted, got }: { expected: string; got: string }) =>
  new ProblemError(400, detail, { code: 'source', expected: wanted, got, hint: 'Correct the URL of the source.' });
