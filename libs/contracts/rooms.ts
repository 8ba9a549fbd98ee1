import type { SourceName } from './detection.ts';

/** The identity under which a source of a camera is published in the room of its area. No {@link Id} holds a dot. */
export const identityOf = (camera: string, source: SourceName): string =>
  source === 'main' ? camera : `${camera}.${source}`;

/** The camera that a publisher's identity speaks of. */
export const cameraOf = (identity: string): string => identity.split('.')[0] ?? identity;
