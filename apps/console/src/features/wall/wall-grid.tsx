import type { CameraView } from '@sightline/contracts/http/cameras';
import type { WallPreferences } from '@sightline/contracts/http/preferences';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Placed } from './arrange.ts';
import { gap, gridFor } from './layout.ts';
import { Tile } from './tile.tsx';

interface WallGridProps {
  tiles: readonly Placed<CameraView>[];
  preferences: WallPreferences;
  /** The camera that is shown large, alone. */
  large: string | undefined;
  onOpen: (camera: string) => void;
  onPut: (camera: string, where: string) => void;
}

/** The tiles, sized to the window. One that is shown large hides the others and keeps their places. */
export function WallGrid({ tiles, preferences, large, onOpen, onPut }: WallGridProps) {
  const element = useRef<HTMLDivElement>(null);
  const size = useSize(element);
  const places = large === undefined ? preferences.places : 1;
  const { columns, rowHeight } = gridFor({ tiles, places, ...size });
  return (
    <div
      ref={element}
      className="grid min-h-0 flex-1 grid-flow-row-dense content-start overflow-y-auto"
      style={{ gap, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`, gridAutoRows: rowHeight }}
    >
      {tiles.map(({ camera, large: wide }) => (
        <Tile
          key={camera.id}
          camera={camera}
          boxes={preferences.boxes}
          labels={preferences.labels}
          tracks={preferences.tracks}
          hidden={preferences.hidden}
          blurred={preferences.blurred}
          way={preferences.way}
          wide={wide && columns > 1}
          large={camera.id === large}
          away={large !== undefined && camera.id !== large}
          onOpen={onOpen}
          onPut={onPut}
        />
      ))}
    </div>
  );
}

function useSize(element: RefObject<HTMLElement | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: window.innerWidth, height: window.innerHeight - 44 });
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
