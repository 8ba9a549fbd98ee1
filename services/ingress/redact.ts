import type { Credentials } from '@sightline/contracts';

/** Takes user and password out of whatever ffmpeg says: it prints the whole URL. */
export function redact(text: string, secrets: readonly string[] = []): string {
  const withoutUrls = text.replaceAll(/(rtsps?:\/\/)[^\s/'"]*@/gi, '$1***@');
  return secrets
    .filter((secret) => secret.length > 2)
    .reduce((clean, secret) => clean.replaceAll(secret, '***'), withoutUrls);
}

/** What of credentials nobody may read. */
export const secretsOf = (credentials: Credentials | undefined): string[] =>
  credentials ? [credentials.password, ...(credentials.inUrl ? [credentials.inUrl] : [])] : [];
