import { gap, gridFor, type Places } from './layout.ts';

/** The wall before its cameras are known: places of the size of what comes. */
export function WallSkeleton({ places }: { places: Places }) {
  const tiles = places === 'all' ? 6 : places;
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
      {Array.from({ length: tiles }, (_, place) => `place ${place}`).map((place) => (
        <div key={place} className="motion-safe:animate-pulse bg-panel" />
      ))}
    </div>
  );
}
