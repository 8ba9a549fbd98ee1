import type { Detection } from '@sightline/contracts';

/** A detection as it came, with the moment of its arrival (`performance.now()`, ms). */
export interface Arrived {
  detection: Detection;
  traceparent: string | undefined;
  at: number;
}

/** After this long without a newer one, boxes are hidden rather than drawn where nobody is any more (ms). */
export const hideAfterMs = 1_200;

/** Which detection belongs on the picture that is shown now: the newest that came, unless it is too old. */
export function choose(newest: Arrived | undefined, now: number): Arrived | undefined {
  return newest && now - newest.at <= hideAfterMs ? newest : undefined;
}

/** Whether a detection that came is newer than the one before; what was captured earlier never replaces what was captured later. */
export function isNewer(detection: Detection, before: Arrived | undefined, now: number): boolean {
  return !before || now - before.at > hideAfterMs || detection.capturedAtUs >= before.detection.capturedAtUs;
}
