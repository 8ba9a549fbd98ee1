import { type Box, type DetectedObject, NativeDetection } from '@sightline/contracts';
import { z } from 'zod';
import { detectionId } from './identity.ts';
import { BadPayload, type Draft } from './payload.ts';

/** Takes the native form of contracts/worker.ts. Throws {@link BadPayload}. */
export function fromNative(payload: unknown): Draft {
  const parsed = NativeDetection.safeParse(payload);
  if (!parsed.success) throw new BadPayload(`Expected the native form: ${z.prettifyError(parsed.error)}`);
  const { v: _, ...detection } = parsed.data;
  const { camera, source, frame, capturedAtUs, worker } = detection;
  const id = detectionId([worker.run, camera, source, frame.key, frame.pts, frame.sequence, capturedAtUs]);
  return { id, ...detection, objects: detection.objects.map(withBox) };
}

type NativeObject = NativeDetection['objects'][number];

/** The box around an outline or keypoints, where the worker told none. */
function withBox(object: NativeObject): DetectedObject {
  const { box, polygon = [], keypoints = [] } = object;
  return { ...object, box: box ?? around([...polygon, ...keypoints.map(({ at }) => at)]) };
}

function around(points: readonly (readonly [number, number])[]): Box {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return [left, top, Math.max(...xs) - left, Math.max(...ys) - top];
}
