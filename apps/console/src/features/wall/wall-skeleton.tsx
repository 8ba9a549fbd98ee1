import type { WallPlaces } from '@sightline/contracts/http/preferences';
import { gap, gridFor } from './layout.ts';

/** The wall before its cameras are known: places of the size of what comes. */
export function WallSkeleton({ places }: { places: WallPlaces }) {
  const tiles = Array.from({ length: typeof places === 'number' ? places : 6 }, () => ({ large: false }));
  const { columns, rowHeight } = gridFor({
    tiles,
    places,
    width: window.innerWidth,
    height: window.innerHeight - 44,
  });
  return (
    <div
      aria-busy="true"
      className="grid min-h-0 flex-1 content-start overflow-hidden"
      style={{ gap, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`, gridAutoRows: rowHeight }}
    >
      <p role="status" className="sr-only">
        Reading the list of cameras
      </p>
      {tiles
        .map((_, place) => `place ${place}`)
        .map((place) => (
          <div key={place} className="motion-safe:animate-pulse bg-panel" />
        ))}
    </div>
  );
}
