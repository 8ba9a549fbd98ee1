import { type Box, type DetectedObject, FlatDetection } from '@sightline/contracts';
import { z } from 'zod';
import { detectionId } from './identity.ts';
import { BadPayload, type Draft, type FrameSize } from './payload.ts';

const sender = { worker: { id: 'flat', run: 'flat' }, model: { name: 'unknown', version: 'unknown' } } as const;

/**
 * Takes the JSMpeg system's flat form, one object a message. Pixels become shares of the frame by the message's own
 * frame size, else by what is `known` of the camera. Throws {@link BadPayload}.
 */
export function fromFlat(payload: unknown, known?: FrameSize): Draft {
  const parsed = FlatDetection.safeParse(payload);
  if (!parsed.success) throw new BadPayload(`Expected the flat form: ${z.prettifyError(parsed.error)}`);
  const flat = parsed.data;
  const size = frameSizeOf(flat) ?? known;
  const capturedAtUs = toMicroseconds(flat.timestamp);
  const object = toObject(flat, normalise(flat.bbox, size));
  return {
    id: detectionId(['flat', flat.camera_id, flat.timestamp, flat.type, flat.track_id, flat.bbox]),
    camera: flat.camera_id,
    source: 'main',
    capturedAtUs,
    clock: { name: 'worker', errorUs: null },
    frame: size ? { width: Math.round(size[0]), height: Math.round(size[1]) } : {},
    ...sender,
    objects: [object],
  };
}

function toObject({ type, track_id: track, confidence, name }: FlatDetection, box: Box): DetectedObject {
  return {
    ...(track === null || track === undefined || track === '' ? {} : { track: String(track) }),
    class: classOf(type),
    score: confidence ?? 1,
    box,
    ...(name ? { name } : {}),
  };
}

/** The class that a free text comes nearest to; `object` when no letter is left of it. */
function classOf(type: string): string {
  const text = type.toLowerCase().replaceAll(/[^a-z0-9_-]/g, '-');
  return text.replace(/^[^a-z]+/, '').slice(0, 40) || 'object';
}

/** The size that a flat message tells of its frame. */
export function frameSizeOf(
  flat: Pick<FlatDetection, 'frame_size' | 'frame_width' | 'frame_height'>,
): FrameSize | undefined {
  if (flat.frame_size) return flat.frame_size;
  return flat.frame_width && flat.frame_height ? [flat.frame_width, flat.frame_height] : undefined;
}

/** A box without a unit is in shares when nothing in it is greater than 1, else in pixels. */
function normalise(bbox: FlatDetection['bbox'], size: FrameSize | undefined): Box {
  const inShares = bbox.every((value) => value <= 1);
  if (!inShares && !size) {
    throw new BadPayload(
      'Expected frame_width and frame_height beside a bbox in pixels, got neither, and no frame of this camera is known.',
    );
  }
  const [width, height] = inShares || !size ? [1, 1] : size;
  const [left, top] = [bbox[0] / width, bbox[1] / height];
  const [right, bottom] = [left + bbox[2] / width, top + bbox[3] / height];
  const x = clamp(left);
  const y = clamp(top);
  return [x, y, clamp(right) - x, clamp(bottom) - y];
}

/** A tracker may put a box partly outside the picture: what is inside is kept. */
const clamp = (share: number) => Math.min(1, Math.max(0, share));

const unitsInSecond = { microseconds: 1e6, milliseconds: 1e3, seconds: 1 } as const;

/** Seconds, milliseconds and microseconds since 1970 differ by enough digits to be told apart from 1971 to 5138. */
function toMicroseconds(timestamp: number | string): number {
  const number = typeof timestamp === 'number' ? timestamp : Number(timestamp);
  if (!Number.isFinite(number)) return parseInstant(String(timestamp));
  const unit = number > 1e14 ? 'microseconds' : number > 1e11 ? 'milliseconds' : 'seconds';
  return sinceEpoch(Math.round((number * 1e6) / unitsInSecond[unit]));
}

function parseInstant(text: string): number {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new BadPayload('Expected timestamp in s, ms, µs since 1970 or ISO 8601, got neither.');
  return sinceEpoch(ms * 1000);
}

function sinceEpoch(us: number): number {
  if (us < 0) throw new BadPayload('Expected a timestamp since 1970, got one before it.');
  if (!Number.isSafeInteger(us))
    throw new BadPayload('Expected a timestamp of this age, got one too far ahead to count.');
  return us;
}
