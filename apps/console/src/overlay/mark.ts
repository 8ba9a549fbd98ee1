import type { DetectedObject } from '@sightline/contracts/detection';
import type { PlacedObject } from './motion.ts';
import type { Mark } from './painting.ts';
import { colourOf } from './palette.ts';

interface Naming {
  /** Nobody knows which frame the boxes belong to: the labels say so. */
  approximate: boolean;
  /** Classes whose labels tell no names: what is blurred is not to be known. */
  unnamed: readonly string[];
}

/** What is painted of the objects of a frame. */
export const marksOf = (objects: readonly PlacedObject[], naming: Naming): Mark[] =>
  objects.map((object) => ({
    box: object.box,
    text: textOf(object, naming),
    colour: colourOf(object.class),
    predicted: object.predicted,
  }));

/** Who or what it is, and how sure that is. */
function textOf({ name, class: what, score }: DetectedObject, { approximate, unnamed }: Naming): string {
  const who = name === undefined || unnamed.includes(what) ? what : name;
  return `${approximate ? '≈ ' : ''}${who} ${Math.round(score * 100)}%`;
}
