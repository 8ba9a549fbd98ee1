import type { CameraView } from '@sightline/contracts';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useCameras } from '../../api/queries.ts';
import { gridFor } from './layout.ts';
import { Tile } from './tile.tsx';
import { useWallKeys } from './use-wall-keys.ts';

/** The wall: every camera that the user may see, or one of them large. */
export function Wall({ administrator }: { administrator: boolean }) {
  const { data: cameras, error, isPending } = useCameras();
  const [large, setLarge] = useState<string>();
  const [boxes, setBoxes] = useState(true);
  const [help, setHelp] = useState(false);
  const [places, setPlaces] = useState<number>();
  useWallKeys({
    onLayout: setPlaces,
    onBoxes: () => setBoxes((on) => !on),
    onBack: () => setLarge(undefined),
    onHelp: () => setHelp((on) => !on),
  });
  if (isPending) return <Skeleton />;
  if (!cameras) return <Message title="The cameras cannot be listed now." text={error?.message ?? ''} />;
  if (cameras.length === 0) return <Empty administrator={administrator} />;
  const shown = cameras.filter(({ id }) => large === undefined || id === large);
  return (
    <>
      <Grid
        cameras={shown.length > 0 ? shown : cameras}
        places={large === undefined ? places : 1}
        boxes={boxes}
        onOpen={(id) => setLarge(large === id ? undefined : id)}
      />
      {help && <Keys onClose={() => setHelp(false)} />}
    </>
  );
}

interface GridProps {
  cameras: readonly CameraView[];
  places: number | undefined;
  boxes: boolean;
  onOpen: (camera: string) => void;
}

function Grid({ cameras, places, boxes, onOpen }: GridProps) {
  const grid = useRef<HTMLElement>(null);
  const [size, setSize] = useState({ width: 1600, height: 900 });
  useEffect(() => {
    if (!grid.current) return;
    const observer = new ResizeObserver(([entry]) => entry && setSize(entry.contentRect));
    observer.observe(grid.current);
    return () => observer.disconnect();
  }, []);
  const { columns, rows } = gridFor(places ?? cameras.length, size.width, size.height);
  const narrow = size.width < 640 && cameras.length > 1;
  const style = narrow
    ? { gridTemplateColumns: '1fr', gridAutoRows: `${Math.round((size.width * 9) / 16)}px` }
    : {
        gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
        gridAutoRows: `${Math.floor((size.height - (rows - 1) * 2) / rows)}px`,
      };
  return (
    <main
      ref={grid}
      aria-label="Wall"
      className="grid min-h-0 flex-1 content-start gap-0.5 overflow-y-auto bg-ground"
      style={style}
    >
      {cameras.map((camera) => (
        <Tile
          key={camera.id}
          camera={camera}
          boxes={boxes}
          large={cameras.length === 1}
          onOpen={() => onOpen(camera.id)}
        />
      ))}
    </main>
  );
}

function Skeleton() {
  return (
    <main aria-busy="true" aria-label="Wall" className="grid flex-1 grid-cols-2 gap-0.5 sm:grid-cols-3">
      {['a', 'b', 'c', 'd', 'e', 'f'].map((place) => (
        <div key={place} className="animate-pulse bg-panel" />
      ))}
    </main>
  );
}

function Message({ title, text }: { title: string; text: string }) {
  return (
    <main className="grid flex-1 place-content-center gap-2 p-6 text-center">
      <h1 className="text-lg font-medium">{title}</h1>
      <p className="max-w-prose text-quiet">{text}</p>
    </main>
  );
}

function Empty({ administrator }: { administrator: boolean }) {
  if (!administrator)
    return (
      <Message
        title="There is nothing for you to see yet."
        text="You have no area with cameras. Ask an administrator for one."
      />
    );
  return (
    <main className="grid flex-1 place-content-center gap-4 p-6 text-center">
      <h1 className="text-lg font-medium">No cameras yet.</h1>
      <Link to="/cameras" className="rounded-(--radius) bg-accent px-4 py-2 font-medium text-on-accent">
        Add the first
      </Link>
    </main>
  );
}

const keys = [
  ['Arrows, Tab', 'from tile to tile'],
  ['Enter, double-click', 'one camera large'],
  ['Esc', 'back'],
  ['1 2 3 4 5', '1, 4, 9, 16, 25 places'],
  ['0', 'as many as there are cameras'],
  ['B', 'boxes on or off'],
  ['?', 'these keys'],
] as const;

function Keys({ onClose }: { onClose: () => void }) {
  return (
    <aside aria-label="Keys" className="fixed right-4 bottom-4 z-10 rounded-(--radius) border border-line bg-panel p-4">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
        {keys.map(([key, what]) => (
          <div key={key} className="contents">
            <dt className="font-medium">{key}</dt>
            <dd className="text-quiet">{what}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={onClose} className="mt-3 cursor-pointer text-accent">
        Close
      </button>
    </aside>
  );
}
