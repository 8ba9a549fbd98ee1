import type { Detection } from '@sightline/contracts';
import { parse } from 'secure-json-parse';

/** A worker's message as an adapter understood it: a detection that does not know its site yet. */
export type Draft = Omit<Detection, 'site' | 'receivedAtUs'>;

/** The pixel size of a camera's picture, where a worker tells none itself. */
export type FrameSize = readonly [width: number, height: number];

/** A worker's message that cannot be taken; the message says what was expected and what came. */
export class BadPayload extends Error {
  override name = 'BadPayload';
}

/** What a worker wrote as JSON, from which nothing can reach a prototype. `expected` says what it should be. Throws {@link BadPayload}. */
export function parseJson(text: string, expected: string): unknown {
  try {
    return parse(text);
  } catch {
    throw new BadPayload(`Expected ${expected}, got something that cannot be parsed.`);
  }
}
