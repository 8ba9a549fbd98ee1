import type { Credentials } from './desired.ts';

/**
 * A password among the parameters of a path or a query, as some makers have it: `/user=ann_password=x_channel=1`, `?pwd=x`.
 * With underscores between parameters it ends at the next of them, not at any underscore.
 */
const parameter = /(?<=[/?&;_])(pass(?:word|wd)?|pwd|psw)=([^&?;/#]*?)(?=_[a-z]+=|[&?;/#]|$)/gi;
/** What stands in its place. */
const hidden = '***';

/** A source's URL as it is kept: without user and password, and with `***` for a password among its parameters. Throws on what is no URL. */
export function bareUrl(url: string): string {
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  return bare.href.replaceAll(parameter, `$1=${hidden}`);
}

/** The password among a URL's parameters, as it stands there; undefined without one, or where it was taken out. */
export function passwordInUrl(url: string): string | undefined {
  return [...url.matchAll(parameter)].map(([, , value]) => value).find((value) => value !== hidden) || undefined;
}

/** A bare URL with the password back among its parameters, for whoever asks the camera. */
export function withPassword(url: string, credentials: Credentials | undefined): string {
  const value = credentials?.inUrl ?? encodeURIComponent(credentials?.password ?? '');
  return url.replaceAll(parameter, (whole, name: string, was: string) => (was === hidden ? `${name}=${value}` : whole));
}
