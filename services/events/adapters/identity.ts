import { hash } from 'node:crypto';

/**
 * The id of a detection. Frame counters restart and footage loops, so neither is enough alone: run, camera, frame and raw
 * capture time go in together, and the same frame sent twice has the same id.
 */
export function detectionId(parts: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 22);
}
