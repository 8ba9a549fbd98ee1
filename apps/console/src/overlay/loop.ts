/** What is called once for each frame of the display, with `performance.now()`'s time of it (ms). */
export type Draw = (now: number) => void;

const layers = new Set<Draw>();
let handle = 0;

function tick(now: number): void {
  handle = requestAnimationFrame(tick);
  for (const draw of layers) draw(now);
}

/** One loop for all canvases, that runs while there are any; returns how to leave it. */
export function addLayer(draw: Draw): () => void {
  if (layers.size === 0) handle = requestAnimationFrame(tick);
  layers.add(draw);
  return () => {
    layers.delete(draw);
    if (layers.size === 0) cancelAnimationFrame(handle);
  };
}
