import type { DetectedObject } from '@sightline/contracts';
import { contain } from './fit.ts';
import { colourOf } from './palette.ts';

const font = '12px system-ui, sans-serif';
const [line, outline, plate] = [2, 4, 16];

/** Draws the boxes of one frame over a letterboxed picture; 2 px with a dark outline, to show on snow and at night. */
export function drawBoxes(
  canvas: HTMLCanvasElement,
  video: HTMLVideoElement,
  objects: readonly DetectedObject[],
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio);
  if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const fit = contain({ width, height }, { width: video.videoWidth, height: video.videoHeight });
  if (!fit) return;
  context.font = font;
  context.textBaseline = 'middle';
  for (const object of objects) {
    const [x, y, w, h] = object.box;
    drawBox(context, object, {
      left: fit.left + x * fit.width,
      top: fit.top + y * fit.height,
      width: w * fit.width,
      height: h * fit.height,
    });
  }
}

function drawBox(
  context: CanvasRenderingContext2D,
  object: DetectedObject,
  box: { left: number; top: number; width: number; height: number },
): void {
  const colour = colourOf(object.class);
  context.lineWidth = outline;
  context.strokeStyle = 'rgb(0 0 0 / 70%)';
  context.strokeRect(box.left, box.top, box.width, box.height);
  context.lineWidth = line;
  context.strokeStyle = colour;
  context.strokeRect(box.left, box.top, box.width, box.height);
  const label = `${object.name ?? object.class} ${Math.round(object.score * 100)} %`;
  const width = context.measureText(label).width + 8;
  const top = box.top >= plate ? box.top - plate : box.top;
  context.fillStyle = 'rgb(0 0 0 / 75%)';
  context.fillRect(box.left - 1, top, width, plate);
  context.fillStyle = colour;
  context.fillText(label, box.left + 3, top + plate / 2 + 1);
}
