import type { Detection } from '@sightline/contracts';

/** What one detection is sent as; made once for all sockets of a subprotocol, and only when one wants it. */
export interface Frame {
  camera: string;
  native(): readonly string[];
  flat(): readonly string[];
}

/** A frame from the JSON of a detection. The native message holds that JSON as it came: nothing is parsed for it. */
export function frameOf(camera: string, json: string, traceparent: string | undefined): Frame {
  let native: readonly string[] | undefined;
  let flat: readonly string[] | undefined;
  const trace = traceparent ? `,"traceparent":${JSON.stringify(traceparent)}` : '';
  return {
    camera,
    native: () => {
      native ??= [`{"type":"detection","detection":${json}${trace}}`];
      return native;
    },
    flat: () => {
      flat ??= toFlat(JSON.parse(json));
      return flat;
    },
  };
}

/** The seed system's flat form, one message an object, in pixels of the frame where its size is known, else 0..1. */
export function toFlat({ camera, capturedAtUs, frame, objects }: Detection): string[] {
  const { width, height } = frame;
  const sized = width !== undefined && height !== undefined;
  return objects.map(({ class: type, box: [x, y, w, h], track, score, name }) =>
    JSON.stringify({
      camera_id: camera,
      timestamp: capturedAtUs / 1e6,
      type,
      bbox: sized ? [x * width, y * height, w * width, h * height] : [x, y, w, h],
      track_id: track ?? null,
      confidence: score,
      name: name ?? null,
      ...(sized ? { frame_width: width, frame_height: height } : {}),
    }),
  );
}
