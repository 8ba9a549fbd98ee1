import type { FreePlace, WallPlaces, WallPreferences } from '@sightline/contracts/http/preferences';

/** A camera on the wall; `large` takes two places by two. */
export interface Placed<Camera> {
  camera: Camera;
  large: boolean;
}

/** The cameras of a wall in their order: as listed, or as a person has chosen them for a free wall. */
export function arrange<Camera extends { id: string }>(
  cameras: readonly Camera[],
  { places, free }: Pick<WallPreferences, 'places' | 'free'>,
): Placed<Camera>[] {
  const all = cameras.map((camera) => ({ camera, large: false }));
  if (places !== 'free') return all;
  const chosen = free.flatMap(({ camera: id, large }) => {
    const camera = cameras.find((each) => each.id === id);
    return camera ? [{ camera, large }] : [];
  });
  return chosen.length > 0 ? chosen : all;
}

/** How many pages a wall has, and which of its tiles stand on one of them (counted from 0; beyond the last is the last). */
export function pageOf<Tile>(tiles: readonly Tile[], places: WallPlaces, page: number) {
  if (places === 'all' || places === 'free') return { tiles, page: 0, pages: 1 };
  const pages = Math.max(1, Math.ceil(tiles.length / places));
  const shown = Math.min(Math.max(0, page), pages - 1);
  return { tiles: tiles.slice(shown * places, (shown + 1) * places), page: shown, pages };
}

/** Moves a camera by so many places; the ends hold it. */
export function moved(free: readonly FreePlace[], camera: string, by: number): FreePlace[] {
  const from = free.findIndex((each) => each.camera === camera);
  const [place] = free.slice(from);
  if (from < 0 || !place) return [...free];
  const rest = free.filter((each) => each !== place);
  const to = Math.min(Math.max(0, from + by), rest.length);
  return [...rest.slice(0, to), place, ...rest.slice(to)];
}

/** How many rows tiles fill, put one after the other wherever there is room, as CSS grid does it (`dense`). */
export function rowsFor(tiles: readonly { large: boolean }[], columns: number): number {
  const taken = new Set<number>();
  const cellsAt = (at: number, large: boolean) => (large ? [at, at + 1, at + columns, at + columns + 1] : [at]);
  for (const { large } of tiles) {
    const wide = large && columns > 1;
    let at = 0;
    while (cellsAt(at, wide).some((cell) => taken.has(cell)) || (wide && at % columns === columns - 1)) at += 1;
    for (const cell of cellsAt(at, wide)) taken.add(cell);
  }
  return Math.max(1, Math.ceil((Math.max(-1, ...taken) + 1) / columns));
}
