import type { Locator } from 'playwright-core';

/** A rectangle in pixels of the picture. */
export interface Rectangle {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const barcode = { bits: 32, bitWidth: 20, row: 20 } as const;

/** The wall clock (low 32 bits of ms) that the displayed picture of the clock camera carries. */
export function readClock(video: Locator): Promise<number> {
  return video.evaluate((element, { bits, bitWidth, row }) => {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!(element instanceof HTMLVideoElement) || !context) return 0;
    canvas.width = bits * bitWidth;
    canvas.height = row * 2;
    context.drawImage(element, 0, 0);
    const { data } = context.getImageData(0, row, canvas.width, 1);
    let value = 0;
    for (let bit = 0; bit < bits; bit += 1)
      value = value * 2 + ((data[(bit * bitWidth + bitWidth / 2) * 4] ?? 0) > 120 ? 1 : 0);
    return value;
  }, barcode);
}

/** What an overlay has painted over its picture. */
export interface Painted {
  /** How many areas it says that it covers. */
  covered: number;
  /** Opaque pixels, and how many colours they have. */
  pixels: number;
  colours: number;
  /** From where to where the colour that was asked for reaches, across the picture (0..1); undefined when it is nowhere. */
  reach: { left: number; right: number } | undefined;
}

/** Reads the canvas of an overlay, which a worker may have painted, and where `colour` stands on it. */
export function readPainted(overlay: Locator, colour: readonly [number, number, number] = [0, 0, 0]): Promise<Painted> {
  return overlay.evaluate((canvas, [red, green, blue]) => {
    if (!(canvas instanceof HTMLCanvasElement)) throw new Error('not a canvas');
    const { clientWidth: width, clientHeight: height } = canvas;
    const copy = new OffscreenCanvas(width, height).getContext('2d');
    copy?.drawImage(canvas, 0, 0, width, height);
    const image = copy?.getImageData(0, 0, width, height).data.buffer ?? new ArrayBuffer();
    const wanted = red | (green << 8) | (blue << 16);
    const colours = new Set<number>();
    let [pixels, left, right] = [0, width, 0];
    for (const [pixel, word] of new Uint32Array(image).entries()) {
      const [alpha, found] = [word >>> 24, word & 0xffffff];
      if (alpha === 255) {
        pixels += 1;
        colours.add(found);
      }
      if (found !== wanted || alpha === 0) continue;
      left = Math.min(left, pixel % width);
      right = Math.max(right, pixel % width);
    }
    const reach = right > left ? { left: left / width, right: right / width } : undefined;
    return { covered: Number(canvas.dataset.covers), pixels, colours: colours.size, reach };
  }, colour);
}

/** How a picture changes over time: what stands still, as grey values, one a pixel of a grid `width` wide. */
export interface Still {
  width: number;
  height: number;
  median: number[];
}

/** Looks at a video for a while and takes the median of each pixel: what is left when whatever moves is gone. */
export function watchStill(video: Locator, samples = 25): Promise<Still> {
  return video.evaluate(async (element, count) => {
    if (!(element instanceof HTMLVideoElement)) throw new Error('not a video');
    const [width, height] = [192, Math.round((192 * element.videoHeight) / element.videoWidth)];
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    const seen: Uint8ClampedArray[] = [];
    while (context && seen.length < count) {
      for (let skip = 0; skip < 4; skip += 1)
        await new Promise((resolve) => element.requestVideoFrameCallback(resolve));
      context.drawImage(element, 0, 0, width, height);
      seen.push(context.getImageData(0, 0, width, height).data);
    }
    const grey = (data: Uint8ClampedArray | undefined, pixel: number) => data?.[pixel * 4 + 1] ?? 0;
    const median = Array.from({ length: width * height }, (_, pixel) => {
      const values = seen.map((data) => grey(data, pixel)).sort((a, b) => a - b);
      return values[values.length >> 1] ?? 0;
    });
    return { width, height, median };
  }, samples);
}

/** Where boxes of a colour were drawn, and what moved, in one composited picture of a tile. */
export interface Composite {
  /** Pixels that differ from what stands still. */
  moving: number;
  /** Those of them that lie inside a box. */
  movingInBoxes: number;
  /** Share of the picture that lies inside boxes (0..1). */
  boxShare: number;
  boxes: Rectangle[];
}

/** Reads a screenshot of a tile: nothing of what Sightline says of itself goes into this. */
export function readComposite(
  video: Locator,
  screenshot: Buffer,
  still: Still,
  colour: readonly [number, number, number],
): Promise<Composite> {
  return video.evaluate(
    async (element, { png, background, wanted }) => {
      const image = new Image();
      image.src = `data:image/png;base64,${png}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      const context = canvas.getContext('2d', { willReadFrequently: true });
      if (!(element instanceof HTMLVideoElement) || !context) throw new Error('not a video');
      const scale = Math.min(image.width / element.videoWidth, image.height / element.videoHeight);
      const fit = { width: element.videoWidth * scale, height: element.videoHeight * scale };
      canvas.width = Math.round(fit.width);
      canvas.height = Math.round(fit.height);
      context.drawImage(image, -(image.width - fit.width) / 2, -(image.height - fit.height) / 2);
      const whole = context.getImageData(0, 0, canvas.width, canvas.height).data;
      const isLine = (x: number, y: number) =>
        wanted.every((value, channel) => Math.abs((whole[(y * canvas.width + x) * 4 + channel] ?? 0) - value) < 40);
      const runs: { left: number; right: number; y: number }[] = [];
      for (let y = 0; y < canvas.height; y += 1) {
        for (let x = 0; x < canvas.width; x += 1) {
          const from = x;
          // Lines of predicted boxes are dashed.
          for (let gap = 0; x + gap < canvas.width && gap <= 5; ) {
            if (!isLine(x + gap, y)) gap += 1;
            else [x, gap] = [x + gap + 1, 0];
          }
          if (x - from >= 10) runs.push({ left: from, right: x, y });
        }
      }
      const boxes: { left: number; top: number; right: number; bottom: number }[] = [];
      for (const run of runs) {
        const below = runs.findLast(
          (other) =>
            other.y > run.y + 12 && Math.abs(other.left - run.left) < 4 && Math.abs(other.right - run.right) < 4,
        );
        const known = boxes.some(
          (box) =>
            Math.abs(box.left - run.left) < 6 &&
            Math.abs(box.right - run.right) < 6 &&
            run.y >= box.top &&
            run.y <= box.bottom,
        );
        if (below && !known) boxes.push({ left: run.left, right: run.right, top: run.y, bottom: below.y });
      }
      const small = document.createElement('canvas');
      small.width = background.width;
      small.height = background.height;
      const smallContext = small.getContext('2d', { willReadFrequently: true });
      smallContext?.drawImage(canvas, 0, 0, small.width, small.height);
      const now = smallContext?.getImageData(0, 0, small.width, small.height).data;
      let [moving, movingInBoxes, inBoxes] = [0, 0, 0];
      for (let pixel = 0; pixel < background.width * background.height; pixel += 1) {
        const x = ((pixel % background.width) + 0.5) * (canvas.width / background.width);
        const y = (Math.floor(pixel / background.width) + 0.5) * (canvas.height / background.height);
        const line = boxes.some(
          (box) =>
            (Math.abs(x - box.left) < 6 ||
              Math.abs(x - box.right) < 6 ||
              Math.abs(y - box.top) < 24 ||
              Math.abs(y - box.bottom) < 6) &&
            x > box.left - 6 &&
            x < box.right + 90 &&
            y > box.top - 24 &&
            y < box.bottom + 6,
        );
        const inside = boxes.some((box) => x > box.left && x < box.right && y > box.top && y < box.bottom);
        if (inside) inBoxes += 1;
        if (line && !inside) continue;
        if (Math.abs((now?.[pixel * 4 + 1] ?? 0) - (background.median[pixel] ?? 0)) < 40) continue;
        moving += 1;
        if (inside) movingInBoxes += 1;
      }
      return { moving, movingInBoxes, boxShare: inBoxes / (background.width * background.height), boxes };
    },
    { png: screenshot.toString('base64'), background: still, wanted: [...colour] },
  );
}
