import type { Box } from '@sightline/contracts/detection';
import type { Fit } from './fit.ts';

/** So many blocks along the longer side of what is covered: too few to know a face by. */
const blocks = 6;

/** A picture and its size in pixels. */
export interface Source {
  image: CanvasImageSource;
  width: number;
  height: number;
}

const small = { context: undefined as CanvasRenderingContext2D | null | undefined };

/** Paints parts of a picture over it in coarse blocks; where that cannot be done, in grey. */
export function drawMosaic(
  context: CanvasRenderingContext2D,
  picture: Fit,
  { source, areas }: { source: Source; areas: readonly Box[] },
): void {
  for (const [x, y, width, height] of areas) {
    if (width <= 0 || height <= 0) continue;
    const part = { left: x * source.width, top: y * source.height, ...sized(width, height, source) };
    const at = { left: picture.left + x * picture.width, top: picture.top + y * picture.height };
    const scale = blocks / Math.max(part.width, part.height);
    const [columns, rows] = [Math.ceil(part.width * scale), Math.ceil(part.height * scale)];
    const scratch = scratchOf();
    context.fillStyle = '#808080';
    context.fillRect(at.left, at.top, width * picture.width, height * picture.height);
    if (!scratch) continue;
    scratch.drawImage(source.image, part.left, part.top, part.width, part.height, 0, 0, columns, rows);
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

const sized = (width: number, height: number, source: Source) => ({
  width: width * source.width,
  height: height * source.height,
});

function scratchOf(): CanvasRenderingContext2D | null {
  if (small.context === undefined) {
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: blocks, height: blocks });
    small.context = canvas.getContext('2d');
  }
  return small.context;
}
