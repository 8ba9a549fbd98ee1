import type { Detection } from '@sightline/contracts';

/** A worker's message as an adapter understood it: a detection that does not know its site yet. */
export type Draft = Omit<Detection, 'site' | 'receivedAtUs'>;

/** The pixel size of a camera's picture, where a worker tells none itself. */
export type FrameSize = readonly [width: number, height: number];

/** A worker's message that cannot be taken; the message says what was expected and what came. */
export class BadPayload extends Error {
  override name = 'BadPayload';
}
