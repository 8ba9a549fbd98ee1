import type { Box, DetectedObject } from '@sightline/contracts/detection';
import type { PlacedObject } from './motion.ts';

/** What was seen this long before or after a frame is covered on it although it has no place there (ms). */
export const coverMs = 1_000;

/** How much a covered box grows on each side, as a share of its size: on its very frame, and where that is not certain. */
const margins = { sure: 0.15, unsure: 0.5 } as const;

/**
 * What of some classes has to be covered on a frame: what is placed there, and what `near` frames saw that has no place on
 * this one, since detectors miss now and then and a face that shows for one frame has shown.
 */
export function coversOf(
  placed: readonly PlacedObject[],
  near: readonly DetectedObject[],
  classes: readonly string[],
): PlacedObject[] {
  const covers = placed.filter((object) => classes.includes(object.class));
  const known = new Set(covers.map(nameOf));
  for (const object of near) {
    const name = nameOf(object);
    if (!classes.includes(object.class) || (name !== undefined && known.has(name))) continue;
    known.add(name);
    covers.push({ ...object, predicted: true });
  }
  return covers;
}

const nameOf = ({ class: name, track }: DetectedObject) => (track === undefined ? undefined : `${name} ${track}`);

/** The part of the picture that hides an object; wider unless its box is known to lie on this very frame. */
export function coverOf({ box: [x, y, width, height], predicted }: PlacedObject, onFrame: boolean): Box {
  const margin = onFrame && !predicted ? margins.sure : margins.unsure;
  const [left, top] = [Math.max(0, x - width * margin), Math.max(0, y - height * margin)];
  const [right, bottom] = [Math.min(1, x + width * (1 + margin)), Math.min(1, y + height * (1 + margin))];
  return [left, top, right - left, bottom - top];
}
