import type { Box } from '@sightline/contracts/detection';
import type { Fit } from './fit.ts';
import type { Context } from './painting.ts';

/** So many blocks along the longer side of what is covered: too few to know a face by. */
const blocks = 6;

const small = { context: undefined as OffscreenCanvasRenderingContext2D | null | undefined };

/** Paints parts of a picture over it in coarse blocks; where that cannot be done, in grey. */
export function drawMosaic(
  context: Context,
  picture: Fit,
  { frame, areas }: { frame: VideoFrame | undefined; areas: readonly Box[] },
): void {
  for (const [x, y, width, height] of areas) {
    if (width <= 0 || height <= 0) continue;
    const at = { left: picture.left + x * picture.width, top: picture.top + y * picture.height };
    context.fillStyle = '#808080';
    context.fillRect(at.left, at.top, width * picture.width, height * picture.height);
    const scratch = scratchOf();
    if (!scratch || !frame) continue;
    const { displayWidth, displayHeight } = frame;
    const part = {
      left: x * displayWidth,
      top: y * displayHeight,
      width: width * displayWidth,
      height: height * displayHeight,
    };
    const scale = blocks / Math.max(part.width, part.height);
    const [columns, rows] = [Math.ceil(part.width * scale), Math.ceil(part.height * scale)];
    scratch.drawImage(frame, part.left, part.top, part.width, part.height, 0, 0, columns, rows);
    context.imageSmoothingEnabled = false;
    context.drawImage(
      scratch.canvas,
      0,
      0,
      columns,
      rows,
      at.left,
      at.top,
      width * picture.width,
      height * picture.height,
    );
    context.imageSmoothingEnabled = true;
  }
}

function scratchOf(): OffscreenCanvasRenderingContext2D | null {
  if (small.context === undefined)
    small.context =
      typeof OffscreenCanvas === 'undefined' ? null : new OffscreenCanvas(blocks, blocks).getContext('2d');
  return small.context;
}
