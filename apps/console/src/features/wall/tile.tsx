import type { CameraView } from '@sightline/contracts';
import { CircleDashed, CircleSlash, Lock, TriangleAlert } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { TileState } from './tile-state.ts';
import { useTile } from './use-tile.ts';

interface TileProps {
  camera: CameraView;
  boxes: boolean;
  large: boolean;
  onOpen: () => void;
}

const icons = { connecting: CircleDashed, stalled: TriangleAlert, offline: CircleSlash, denied: Lock } as const;
const colours = {
  connecting: 'text-neutral-300',
  stalled: 'text-[#f0b429]',
  offline: 'text-[#ff9d96]',
  denied: 'text-neutral-300',
} as const;

/** One camera on the wall: its picture, its boxes, and one line that says what it is. */
export function Tile({ camera, boxes, large, onOpen }: TileProps) {
  const { frame, video, canvas, state, framesPerSecond } = useTile({ camera: camera.id, area: camera.area, boxes });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') onOpen();
  };
  return (
    <figure
      ref={frame}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows and Tab move between tiles
      tabIndex={0}
      data-camera={camera.id}
      data-state={state.kind}
      aria-label={`${camera.name}: ${state.text}`}
      className="group relative min-h-0 min-w-0 overflow-hidden bg-black text-white"
      onDoubleClick={onOpen}
      onKeyDown={onKeyDown}
    >
      <video
        ref={video}
        className={`size-full object-contain ${state.kind === 'live' ? '' : 'opacity-25 grayscale'}`}
        autoPlay
        muted
        playsInline
      />
      <canvas
        ref={canvas}
        className={`pointer-events-none absolute inset-0 size-full ${state.kind === 'live' ? '' : 'invisible'}`}
      />
      {state.kind !== 'live' && <Notice state={state} />}
      <figcaption
        className={`absolute inset-x-0 bottom-0 flex items-baseline gap-2 bg-black/65 px-2 ${large ? 'py-1.5' : 'py-0.5 text-xs group-hover:py-1.5 group-focus-visible:py-1.5'}`}
      >
        <span className="truncate font-medium">{camera.name}</span>
        <span data-testid="state" className="ml-auto shrink-0 text-neutral-300">
          {state.kind === 'live' ? `Live · ${framesPerSecond} fps` : state.text}
        </span>
      </figcaption>
    </figure>
  );
}

function Notice({ state }: { state: TileState }) {
  if (state.kind === 'live') return null;
  const Icon = icons[state.kind];
  return (
    <div className="not-live absolute inset-0 grid place-content-center gap-1 bg-neutral-900/70 p-3 pb-8 text-center">
      <p className={`flex items-center justify-center gap-2 font-medium ${colours[state.kind]}`}>
        <Icon size={18} aria-hidden="true" />
        {state.text}
      </p>
      <p className="line-clamp-3 max-w-prose text-xs text-neutral-300">{state.detail}</p>
    </div>
  );
}
