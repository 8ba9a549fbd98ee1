import type { Fit } from './fit.ts';
import type { Context, Mark, Painting } from './painting.ts';
import { colourOf } from './palette.ts';
import { placeLabels } from './place-labels.ts';
import type { Trail } from './trails.ts';

const font = '500 12px system-ui, sans-serif';
const plateHeight = 17;
const [line, outline] = [2, 4];

const [solid, dashed] = [[], [6, 4]];

/** Widths of labels: few are ever different, and measuring one costs as much as drawing it. */
const widths = new Map<string, number>();
const mostWidths = 2_000;

/**
 * Draws the boxes of one frame over a letterboxed picture; 2 px with a dark outline, to show on snow and at night. Boxes
 * that were carried on beyond what AI saw are dashed.
 */
export function drawBoxes(
  context: Context,
  picture: Fit,
  { marks, labels: withLabels }: Pick<Painting, 'marks' | 'labels'>,
): void {
  context.font = font;
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  const boxes = marks.map(({ box: [x, y, width, height], ...mark }) => ({
    ...mark,
    box: {
      left: picture.left + x * picture.width,
      top: picture.top + y * picture.height,
      width: width * picture.width,
      height: height * picture.height,
    },
  }));
  for (const each of boxes) drawBox(context, each);
  if (!withLabels) return;
  const labels = boxes.map(({ box, text }) => ({
    box,
    width: widthOf(context, text) + 8,
    height: plateHeight,
  }));
  for (const [index, place] of placeLabels(labels, picture).entries()) {
    const [drawn, label] = [boxes[index], labels[index]];
    if (drawn && label) drawLabel(context, { ...place, width: label.width, height: label.height }, drawn);
  }
}

/** Of a text in the labels' font (px, rounded up). */
function widthOf(context: Context, text: string): number {
  const known = widths.get(text);
  if (known !== undefined) return known;
  if (widths.size >= mostWidths) widths.clear();
  const width = Math.ceil(context.measureText(text).width);
  widths.set(text, width);
  return width;
}

/** Draws where objects have been lately, as lines to where they stand now. */
export function drawTrails(context: Context, picture: Fit, trails: readonly Trail[]): void {
  context.lineJoin = 'round';
  for (const { className, points } of trails) {
    context.beginPath();
    for (const { x, y } of points) context.lineTo(picture.left + x * picture.width, picture.top + y * picture.height);
    context.lineWidth = outline;
    context.strokeStyle = 'rgb(0 0 0 / 65%)';
    context.stroke();
    context.lineWidth = line;
    context.strokeStyle = colourOf(className);
    context.stroke();
  }
}

function drawBox(
  context: Context,
  { box, colour, predicted }: Pick<Mark, 'colour' | 'predicted'> & { box: Fit },
): void {
  context.setLineDash(predicted ? dashed : solid);
  context.lineWidth = outline;
  context.strokeStyle = 'rgb(0 0 0 / 65%)';
  context.strokeRect(box.left, box.top, box.width, box.height);
  context.lineWidth = line;
  context.strokeStyle = colour;
  context.strokeRect(box.left, box.top, box.width, box.height);
}

function drawLabel(context: Context, plate: Fit, { text, colour }: Pick<Mark, 'text' | 'colour'>) {
  context.fillStyle = 'rgb(8 10 12 / 82%)';
  context.fillRect(plate.left, plate.top, plate.width, plate.height);
  context.fillStyle = colour;
  context.fillText(text, plate.left + 4, plate.top + plate.height / 2 + 0.5);
}
