import type { WallPlaces } from '@sightline/contracts/http/preferences';
import { rowsFor } from './arrange.ts';

/** Height of the line at the foot of a tile (px). */
export const footHeight = 24;
/** Space between tiles (px). */
export const gap = 4;
/** Tiles are never narrower: then the wall scrolls (px). */
const leastWidth = 220;
const phoneWidth = 640;
const aspect = 16 / 9;

export const placesOffered: readonly WallPlaces[] = ['all', 1, 4, 9, 16, 25, 'free'];

export interface Grid {
  columns: number;
  /** Height of each row (px). */
  rowHeight: number;
}

interface GridInputs {
  tiles: readonly { large: boolean }[];
  places: WallPlaces;
  width: number;
  height: number;
}

/** The grid for tiles in a window (px): pictures as large as they can be, and what does not fit is scrolled to. */
export function gridFor({ tiles, places, width, height }: GridInputs): Grid {
  if (places !== 'all' && places !== 'free') return fixedGrid(places, width, height);
  if (width < phoneWidth) return flowing(tiles.length < 8 ? 1 : 2, width);
  const best = bestColumns(tiles, width, height);
  if (width / best < leastWidth) return flowing(Math.floor(width / leastWidth), width);
  return { columns: best, rowHeight: share(height, rowsFor(tiles, best)) };
}

function fixedGrid(places: Exclude<WallPlaces, 'all' | 'free'>, width: number, height: number): Grid {
  const side = Math.sqrt(places);
  return width < phoneWidth && side > 1 ? flowing(side, width) : { columns: side, rowHeight: share(height, side) };
}

function bestColumns(tiles: readonly { large: boolean }[], width: number, height: number): number {
  const cells = tiles.reduce((sum, { large }) => sum + (large ? 4 : 1), 0);
  let best = { columns: 1, size: 0 };
  for (let columns = tiles.some(({ large }) => large) ? 2 : 1; columns <= Math.min(cells, 60); columns += 1) {
    const room = share(height, rowsFor(tiles, columns)) - footHeight;
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
