/** Height of the line at the foot of a tile (px). */
export const footHeight = 24;
/** Space between tiles (px). */
export const gap = 4;
/** Tiles are never narrower: then the wall scrolls (px). */
const leastWidth = 220;
const phoneWidth = 640;
const aspect = 16 / 9;

/** How many pictures the wall shows at once: a square number, or all that there are. */
export type Places = 1 | 4 | 9 | 16 | 25 | 'all';
export const placesOffered: readonly Places[] = ['all', 1, 4, 9, 16, 25];

export interface Grid {
  columns: number;
  /** Height of each row (px). */
  rowHeight: number;
}

interface GridInputs {
  tiles: number;
  places: Places;
  width: number;
  height: number;
}

/** The grid for a number of tiles in a window (px): pictures as large as they can be, and what does not fit is scrolled to. */
export function gridFor({ tiles, places, width, height }: GridInputs): Grid {
  if (places !== 'all') return fixedGrid(places, width, height);
  const best = bestColumns(Math.max(1, tiles), width, height);
  if (width < phoneWidth) return flowing(tiles < 8 ? 1 : 2, width);
  if (width / best < leastWidth) return flowing(Math.floor(width / leastWidth), width);
  return { columns: best, rowHeight: share(height, Math.ceil(Math.max(1, tiles) / best)) };
}

function fixedGrid(places: Exclude<Places, 'all'>, width: number, height: number): Grid {
  const side = Math.sqrt(places);
  return width < phoneWidth && side > 1 ? flowing(side, width) : { columns: side, rowHeight: share(height, side) };
}

function bestColumns(tiles: number, width: number, height: number): number {
  let best = { columns: 1, size: 0 };
  for (let columns = 1; columns <= tiles; columns += 1) {
    const room = share(height, Math.ceil(tiles / columns)) - footHeight;
    const size = Math.min(share(width, columns) / aspect, room);
    if (size > best.size) best = { columns, size };
  }
  return best.columns;
}

const flowing = (columns: number, width: number): Grid => ({
  columns,
  rowHeight: Math.round(share(width, columns) / aspect) + footHeight,
});

const share = (size: number, parts: number) => Math.floor((size - (parts - 1) * gap) / parts);
