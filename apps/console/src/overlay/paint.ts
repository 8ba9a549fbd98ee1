import { drawBoxes, drawTrails } from './draw.ts';
import { drawMosaic } from './mosaic.ts';
import type { Context, Painting } from './painting.ts';

/** Paints a canvas anew, and closes the frame that came for it; without a painting the canvas is cleared. */
export function paint(context: Context, painting: Painting | undefined): void {
  try {
    if (painting) paintAll(context, painting);
    else context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  } finally {
    painting?.frame?.close();
  }
}

function paintAll(context: Context, painting: Painting): void {
  const { size, ratio, picture, frame, whole, covers, trails, marks, labels } = painting;
  const { canvas } = context;
  const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  if (!picture) return;
  if (frame && whole) context.drawImage(frame, picture.left, picture.top, picture.width, picture.height);
  drawMosaic(context, picture, { frame, areas: covers });
  drawTrails(context, picture, trails);
  drawBoxes(context, picture, { marks, labels });
}
