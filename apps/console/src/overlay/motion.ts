import type { Box, DetectedObject } from '@sightline/contracts/detection';

/** An object as it is drawn; `predicted` when it was carried on beyond the last frame that AI saw. */
export interface PlacedObject extends DetectedObject {
  predicted: boolean;
}

/** Where an object was; `at` in ms of the picture's own time. */
export interface Sighting {
  at: number;
  object: DetectedObject;
}

/** An object between two sightings of its track. */
export function between(before: Sighting, after: Sighting, at: number): PlacedObject {
  const share = (at - before.at) / (after.at - before.at);
  const [a, b] = [before.object.box, after.object.box];
  const mix = (index: 0 | 1 | 2 | 3) => a[index] + (b[index] - a[index]) * share;
  return { ...before.object, box: [mix(0), mix(1), mix(2), mix(3)], predicted: false };
}

/** An object carried on from its last sightings, as fast as it went; undefined once it has left the picture. */
export function carriedOn(sightings: readonly Sighting[], at: number): PlacedObject | undefined {
  const last = sightings.at(-1);
  if (!last) return undefined;
  const [x, y, width, height] = last.object.box;
  const ahead = at - last.at;
  const box = clipped([
    x + speed(sightings, ({ object }) => object.box[0] + object.box[2] / 2) * ahead,
    y + speed(sightings, ({ object }) => object.box[1] + object.box[3] / 2) * ahead,
    width,
    height,
  ]);
  return box && { ...last.object, box, predicted: true };
}

/** Change a millisecond: the line through all sightings that is least far from them. */
function speed(sightings: readonly Sighting[], of: (sighting: Sighting) => number): number {
  let [times, values] = [0, 0];
  for (const sighting of sightings) {
    times += sighting.at;
    values += of(sighting);
  }
  const [middle, level] = [times / sightings.length, values / sightings.length];
  let [rise, run] = [0, 0];
  for (const sighting of sightings) {
    rise += (sighting.at - middle) * (of(sighting) - level);
    run += (sighting.at - middle) ** 2;
  }
  return run > 0 ? rise / run : 0;
}

/** The part of a box that lies in the picture. */
function clipped([x, y, width, height]: Box): Box | undefined {
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  const [right, bottom] = [Math.min(1, x + width), Math.min(1, y + height)];
  return right > left && bottom > top ? [left, top, right - left, bottom - top] : undefined;
}
