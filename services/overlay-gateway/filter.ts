import type { DetectedObject, OverlayFilter } from '@sightline/contracts';

/** A filter that is ready for use; those that keep the same have the same key. */
export interface Filter {
  key: string;
  keeps(object: DetectedObject): boolean;
}

/** What a subscriber wants to see of a camera; undefined when he wants everything. */
export function filterOf(wanted: OverlayFilter | undefined): Filter | undefined {
  if (!wanted) return undefined;
  const { minScore = 0, area } = wanted;
  const classes = wanted.classes && [...new Set(wanted.classes)].sort();
  if (!classes && minScore === 0 && !area) return undefined;
  return {
    key: JSON.stringify([classes, minScore, area]),
    keeps: (object) =>
      (!classes || classes.includes(object.class)) && object.score >= minScore && (!area || touches(object.box, area)),
  };
}

type Area = NonNullable<OverlayFilter['area']>;

/** Whether two boxes share a point of the picture. */
const touches = ([ax, ay, aw, ah]: Area, [bx, by, bw, bh]: Area): boolean =>
  ax <= bx + bw && bx <= ax + aw && ay <= by + bh && by <= ay + ah;
