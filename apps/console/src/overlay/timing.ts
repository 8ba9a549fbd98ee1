import type { Detection } from '@sightline/contracts/detection';

/** A detection as it came, with the moment of its arrival (`performance.now()`, ms). */
export interface Arrived {
  detection: Detection;
  traceparent: string | undefined;
  at: number;
}

/** The picture that is on the screen when boxes are drawn. */
export interface DisplayedFrame {
  /** `performance.now()` (ms). */
  now: number;
  /** RTP time of the picture, where the browser tells it. */
  rtpTimestamp?: number | undefined;
}

/** What one sender saw in one frame; the JSMpeg system's flat form comes as one detection an object. */
interface Seen {
  capturedAtUs: number;
  lastAt: number;
  parts: readonly Arrived[];
}

/** After this long without a newer one, boxes are hidden rather than drawn where nobody is any more (ms). */
export const hideAfterMs = 1_200;
const sameFrameUs = 20_000;
const nothing: readonly Arrived[] = [];

/**
 * The detections of one camera of the last moments, and the choice of those that belong on the displayed picture: now the
 * newest of each sender, unless it came too long ago. Whoever makes that exact changes `choose` and nothing else.
 */
export class Timing {
  readonly #senders = new Map<string, Seen[]>();
  #chosen: readonly Arrived[] = nothing;

  add(arrived: Arrived): void {
    const sender = senderOf(arrived.detection);
    const lately = (this.#senders.get(sender) ?? []).filter(({ lastAt }) => arrived.at - lastAt <= hideAfterMs);
    this.#senders.set(sender, withPart(lately, arrived));
  }

  /** What to draw on a frame; the same array as before while nothing has changed. */
  choose({ now }: DisplayedFrame): readonly Arrived[] {
    const next: Arrived[] = [];
    for (const [sender, seen] of this.#senders) {
      const fresh = seen.filter(({ lastAt }) => now - lastAt <= hideAfterMs);
      if (fresh.length === 0) this.#senders.delete(sender);
      next.push(...(newest(fresh)?.parts ?? []));
    }
    if (next.length !== this.#chosen.length || next.some((each, index) => each !== this.#chosen[index])) {
      this.#chosen = next.length > 0 ? next : nothing;
    }
    return this.#chosen;
  }
}

/** The flat form names no worker: its classes are told apart instead, since each may have a sender of its own. */
function senderOf({ worker, objects }: Detection): string {
  return worker.run === 'flat' ? `flat ${objects[0]?.class ?? ''}` : worker.id;
}

function withPart(lately: Seen[], arrived: Arrived): Seen[] {
  const { capturedAtUs, id } = arrived.detection;
  const same = lately.find((seen) => Math.abs(seen.capturedAtUs - capturedAtUs) <= sameFrameUs);
  if (!same) return [...lately, { capturedAtUs, lastAt: arrived.at, parts: [arrived] }];
  if (same.parts.some(({ detection }) => detection.id === id)) return lately;
  const merged = { ...same, lastAt: arrived.at, parts: [...same.parts, arrived] };
  return lately.map((seen) => (seen === same ? merged : seen));
}

/** What was captured earlier never replaces what was captured later. */
function newest(seen: readonly Seen[]): Seen | undefined {
  return seen.reduce<Seen | undefined>(
    (best, each) => (best && best.capturedAtUs > each.capturedAtUs ? best : each),
    undefined,
  );
}
