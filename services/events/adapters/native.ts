import { NativeDetection } from '@sightline/contracts';
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
  return { id, ...detection };
}
