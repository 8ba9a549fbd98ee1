import type { CameraView } from '@sightline/contracts/http/cameras';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { gap, gridFor, type Places } from './layout.ts';
import { Tile } from './tile.tsx';

interface WallGridProps {
  cameras: readonly CameraView[];
  places: Places;
  boxes: boolean;
  /** The camera that is shown large, alone. */
  large: string | undefined;
  onOpen: (camera: string) => void;
}

/** The tiles, sized to the window. One that is shown large hides the others and keeps their places. */
export function WallGrid({ cameras, places, boxes, large, onOpen }: WallGridProps) {
  const element = useRef<HTMLDivElement>(null);
  const size = useSize(element);
  const { columns, rowHeight } = gridFor({
    tiles: cameras.length,
    places: large === undefined ? places : 1,
    ...size,
  });
  return (
    <div
      ref={element}
      className="grid min-h-0 flex-1 content-start overflow-y-auto"
      style={{ gap, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`, gridAutoRows: rowHeight }}
    >
      {cameras.map((camera) => (
        <Tile
          key={camera.id}
          camera={camera}
          boxes={boxes}
          large={camera.id === large}
          hidden={large !== undefined && camera.id !== large}
          onOpen={onOpen}
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
