/** Marks the part of a tile that takes the focus. */
export const tileFocus = 'data-tile-focus';

/** Moves the focus to the nearest tile in a direction; to the first one when no tile has it. */
export function moveFocus([dx, dy]: readonly [number, number]): void {
  const tiles = [...document.querySelectorAll<HTMLElement>(`[${tileFocus}]`)].filter((tile) => tile.checkVisibility());
  const from = tiles.find((tile) => tile === document.activeElement)?.getBoundingClientRect();
  if (!from) return tiles[0]?.focus();
  const distance = (tile: HTMLElement) => {
    const to = tile.getBoundingClientRect();
    const along = (to.x - from.x) * dx + (to.y - from.y) * dy;
    const across = Math.abs(dx ? to.y - from.y : to.x - from.x);
    return along > 1 ? along + across * 3 : Number.POSITIVE_INFINITY;
  };
  const nearest = tiles.map((tile) => ({ tile, far: distance(tile) })).sort((a, b) => a.far - b.far)[0];
  if (nearest && Number.isFinite(nearest.far)) nearest.tile.focus();
}

/** The camera whose tile has the focus. */
export const focusedCamera = (): string | undefined =>
  document.activeElement?.closest<HTMLElement>('[data-camera]')?.dataset.camera;
