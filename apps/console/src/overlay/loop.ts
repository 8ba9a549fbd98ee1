/** What is called at a frame of the display, with `performance.now()`'s time of it (ms). */
export type Draw = (now: number) => void;

const due = new Set<Draw>();

function run(now: number): void {
  const draws = [...due];
  due.clear();
  for (const draw of draws) draw(now);
}

/** Calls back once at the display's next frame, however often it was asked for: a wall where nothing is new costs nothing. */
export function atNextFrame(draw: Draw): void {
  if (due.size === 0) requestAnimationFrame(run);
  due.add(draw);
}
