import { z } from 'zod';
import { Box, DetectedObject, Detection, FrameIdentity, maxObjects } from './detection.ts';

/**
 * An object that is like the n-th of the base, but for its box and, where a third part is there, its score: what a track
 * that moves is told by.
 */
export const MovedObject = z
  .union([z.tuple([z.int().min(0), Box]), z.tuple([z.int().min(0), Box, DetectedObject.shape.score])])
  .meta({ id: 'MovedObject', examples: [[0, [0.25, 0.1, 0.1, 0.4]]] });
export type MovedObject = z.infer<typeof MovedObject>;

/**
 * A detection by what is different from an earlier one of the same worker and camera, its base. `frame` holds what is
 * different there; every object stands in `objects`, moved or, where it is new or differs in more, whole.
 */
export const DetectionDelta = Detection.pick({ id: true, capturedAtUs: true, receivedAtUs: true })
  .extend({ frame: FrameIdentity, objects: z.array(z.union([MovedObject, DetectedObject])).max(maxObjects) })
  .meta({ id: 'DetectionDelta' });
export type DetectionDelta = z.infer<typeof DetectionDelta>;

/** What is different from `base`; undefined when too much is, and the whole has to be told. */
export function deltaOf(base: Detection, detection: Detection): DetectionDelta | undefined {
  const { id, capturedAtUs, receivedAtUs, frame, objects, ...rest } = detection;
  const known = Object.entries(base.frame).every(([name]) => Object.hasOwn(frame, name));
  if (!known || !isSame(rest, restOf(base))) return undefined;
  const changed = Object.entries(frame).filter(([name, value]) => Reflect.get(base.frame, name) !== value);
  const places = new Map(base.objects.map((object, place) => [nameOf(object), place]));
  return {
    id,
    capturedAtUs,
    receivedAtUs,
    frame: Object.fromEntries(changed),
    objects: objects.map((object) => movedFrom(base, places.get(nameOf(object)), object)),
  };
}

/** The whole of a delta; undefined when it names objects that its base does not have. */
export function applyDelta(base: Detection, { frame, objects, ...delta }: DetectionDelta): Detection | undefined {
  const whole: DetectedObject[] = [];
  for (const object of objects) {
    const found = Array.isArray(object) ? movedTo(base, object) : object;
    if (!found) return undefined;
    whole.push(found);
  }
  return { ...base, ...delta, frame: { ...base.frame, ...frame }, objects: whole };
}

function movedFrom(base: Detection, place: number | undefined, object: DetectedObject): MovedObject | DetectedObject {
  const before = place === undefined ? undefined : base.objects[place];
  if (place === undefined || !before || object.track === undefined) return object;
  const { box, score } = object;
  if (!isSame(object, { ...before, box, score })) return object;
  return score === before.score ? [place, box] : [place, box, score];
}

function movedTo({ objects }: Detection, [place, box, score]: MovedObject): DetectedObject | undefined {
  const before = objects[place];
  return before && { ...before, box, score: score ?? before.score };
}

function restOf({ id, capturedAtUs, receivedAtUs, frame, objects, ...rest }: Detection) {
  return rest;
}

const nameOf = ({ class: name, track }: DetectedObject) => JSON.stringify([name, track]);

const isSame = (one: object, other: object) => JSON.stringify(one) === JSON.stringify(other);
