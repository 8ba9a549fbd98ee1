import type { Fit } from './fit.ts';

/** A label that is to be placed at its box; pixels of the canvas. */
export interface Label {
  box: Fit;
  width: number;
  height: number;
}

/**
 * Where each label's top left corner goes: above its box, else below, else inside, wherever it covers no other label and
 * stays on the picture.
 */
export function placeLabels(labels: readonly Label[], picture: Fit): { left: number; top: number }[] {
  const placed: Fit[] = [];
  return labels.map((label) => {
    const places = candidates(label, picture);
    const free = places.find((place) => placed.every((other) => !overlaps(place, other))) ?? places[0] ?? label.box;
    placed.push(free);
    return { left: free.left, top: free.top };
  });
}

function candidates({ box, width, height }: Label, picture: Fit): Fit[] {
  const [right, bottom] = [picture.left + picture.width, picture.top + picture.height];
  const left = Math.max(picture.left, Math.min(box.left - 1, right - width));
  const tops = [box.top - height, box.top + box.height, box.top];
  const inside = tops.filter((top) => top >= picture.top && top + height <= bottom);
  return (inside.length > 0 ? inside : [picture.top]).map((top) => ({ left, top, width, height }));
}

const overlaps = (a: Fit, b: Fit) =>
  a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
