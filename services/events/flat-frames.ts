import type { Detection } from '@sightline/contracts';

const keep = 10_000;

/**
 * Flat messages carry one object each. Those of one camera and one timestamp are one frame: each that comes makes the
 * frame complete with those before it, so that a viewer to whom the newest counts sees all of them.
 */
export class FlatFrames {
  readonly #frames = new Map<string, Detection>();

  /** The frame so far, with this message's object in it. Other forms pass unchanged. */
  gather(detection: Detection): Detection {
    if (detection.worker.run !== 'flat') return detection;
    const { camera } = detection;
    const before = this.#frames.get(camera);
    const objects =
      before?.capturedAtUs === detection.capturedAtUs ? [...before.objects, ...detection.objects] : detection.objects;
    const frame = { ...detection, objects: objects.slice(-500) };
    if (this.#frames.size < keep || before) this.#frames.set(camera, frame);
    return frame;
  }
}
