import type { Box } from '@sightline/contracts/detection';
import type { Fit } from './fit.ts';
import type { Trail } from './trails.ts';

/** One box as it is painted. */
export interface Mark {
  /** Shares of the picture (0..1). */
  box: Box;
  text: string;
  colour: string;
  /** Carried on beyond what AI saw: dashed. */
  predicted: boolean;
}

/** All that stands on one canvas at one time. Whoever paints it closes its frame. */
export interface Painting {
  /** Of the canvas, in CSS pixels, and how many of its own pixels one of those has. */
  size: { width: number; height: number };
  ratio: number;
  /** Where the picture stands on it; undefined while there is none. */
  picture: Fit | undefined;
  /** The picture that is shown, where it is needed; painted below all else when `whole`, else only what is covered. */
  frame: VideoFrame | undefined;
  whole: boolean;
  /** Parts of the picture that are made unrecognisable. */
  covers: readonly Box[];
  trails: readonly Trail[];
  marks: readonly Mark[];
  labels: boolean;
}

/** A canvas of the page, or of its painting worker. */
export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** A painting on its way to the worker: as text, a third as dear to the page as objects to be copied; its frame goes beside it. */
export type Sent = readonly [id: number, text: string | undefined, frame: VideoFrame | undefined];

/** What the page asks of its painting worker: to take a canvas, to let it go, to paint. */
export type PaintRequest =
  | { type: 'take'; id: number; canvas: OffscreenCanvas }
  | { type: 'drop'; id: number }
  | { type: 'paint'; paintings: readonly Sent[] };

/** What it answers: that it is there, and that all it was asked to paint is painted. */
export type PaintMessage = 'up' | 'painted';

/** Makes a painting ready to be sent; without one its canvas is to be cleared. */
export function toSent(id: number, painting: Painting | undefined): Sent {
  if (!painting) return [id, undefined, undefined];
  const { frame, ...rest } = painting;
  return [id, JSON.stringify(rest), frame];
}

/** What was made ready by {@link toSent}. */
export function fromSent([, text, frame]: Sent): Painting | undefined {
  return text === undefined ? undefined : { ...(JSON.parse(text) as Omit<Painting, 'frame'>), frame };
}
