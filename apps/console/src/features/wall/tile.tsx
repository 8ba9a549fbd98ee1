import type { CameraView } from '@sightline/contracts/http/cameras';
import { type MouseEvent, memo, useId } from 'react';
import type { Way } from '../../media/hold-back.ts';
import type { Shown } from '../../overlay/layer.ts';
import { moment, timeOfDay } from '../../ui/time.ts';
import { Marks } from './marks.tsx';
import { tileFocus } from './move-focus.ts';
import { StateMark } from './state-mark.tsx';
import type { TileView } from './tile-session.ts';
import { useTile } from './use-tile.ts';

interface TileProps extends Shown {
  camera: CameraView;
  way: Way;
  /** Takes two places by two. */
  wide: boolean;
  /** The only one shown. */
  large: boolean;
  /** Another one is shown large. */
  away: boolean;
  onOpen: (camera: string) => void;
  /** Puts a camera that was dragged where another one is. */
  onPut: (camera: string, where: string) => void;
}

const dragged = 'application/x-sightline-camera';

/** One camera on the wall: its picture, its boxes, and one line that says what it is. */
export const Tile = memo(function Tile({ camera, wide, large, away, onOpen, onPut, ...shown }: TileProps) {
  const { frame, video, overlay, view } = useTile({ camera: camera.id, area: camera.area, ...shown });
  const { state } = view;
  const description = useId();
  const live = state.kind === 'live';
  const late = state.kind === 'lagging';
  const onClick = (event: MouseEvent & { nativeEvent: { pointerType?: string } }) => {
    if (event.nativeEvent.pointerType !== 'mouse') onOpen(camera.id);
  };
  return (
    <figure
      ref={frame}
      hidden={away}
      aria-label={camera.name}
      data-testid="tile"
      data-camera={camera.id}
      data-state={state.kind}
      className="group @container relative flex min-h-0 min-w-0 flex-col overflow-hidden bg-panel data-wide:col-span-2 data-wide:row-span-2 [&[hidden]]:hidden"
      data-wide={(wide && !large) || undefined}
    >
      <div className="relative min-h-0 flex-1 bg-picture">
        <video
          ref={video}
          aria-label={`Picture of ${camera.name}`}
          className={`absolute inset-0 size-full object-contain ${live ? '' : late ? 'opacity-70 grayscale' : 'opacity-40 grayscale'}`}
          autoPlay
          muted
          playsInline
          disablePictureInPicture
        />
        <div
          ref={overlay}
          data-testid="overlay"
          className={`pointer-events-none absolute inset-0 size-full ${live ? '' : 'invisible'}`}
        />
        {live && shown.boxes && <Marks camera={camera} size={view.size} />}
        {!live && <NotLive view={view} blurred={shown.blurred} />}
      </div>
      <Foot name={camera.name} view={view} />
      <button
        type="button"
        {...{ [tileFocus]: '' }}
        aria-label={`${camera.name}, ${state.text}. ${large ? 'Back to the wall' : 'Show large'}`}
        aria-describedby={description}
        title={titleOf(camera.name, view, large)}
        className="-outline-offset-2! absolute inset-0 cursor-default"
        onClick={onClick}
        draggable={!large}
        onDragStart={({ dataTransfer }) => dataTransfer.setData(dragged, camera.id)}
        onDragOver={(event) => event.dataTransfer.types.includes(dragged) && event.preventDefault()}
        onDrop={({ dataTransfer }) => onPut(dataTransfer.getData(dragged), camera.id)}
        onDoubleClick={() => onOpen(camera.id)}
      />
      <p id={description} hidden>
        {[state.detail, lastPictureOf(view)].filter(Boolean).join(' ')}
      </p>
    </figure>
  );
});

/** What lies under the button that covers a tile, where it is cut off or left out for want of room. */
function titleOf(name: string, view: TileView, large: boolean): string {
  const hint = large ? 'Double-click or Esc: back to the wall' : 'Double-click or Enter: large';
  return [name, view.state.detail, view.inTime, lastPictureOf(view), hint].filter(Boolean).join('\n');
}

const lastPictureOf = ({ lastPictureAt }: TileView) =>
  lastPictureAt === undefined ? '' : `Last picture ${moment(new Date(lastPictureAt))}`;

/** Where something is to be blurred, only a picture with its boxes may be seen. */
function NotLive({ view: { state, lastPictureAt }, blurred }: { view: TileView; blurred: readonly string[] }) {
  return (
    <div
      data-kind={state.kind}
      data-covers={blurred.length > 0 || undefined}
      className="not-live absolute inset-0 grid data-covers:bg-picture place-content-center gap-1.5 overflow-hidden p-3 text-center text-on-picture"
    >
      <p className="flex items-center justify-center gap-2 font-medium">
        <StateMark kind={state.kind} size={18} onPicture />
        {state.text}
      </p>
      <p className="@max-[180px]:hidden line-clamp-3 max-w-[44ch] text-on-picture-quiet text-xs leading-4.5">
        {state.detail}
      </p>
      {lastPictureAt !== undefined && (
        <p className="@max-[240px]:hidden text-on-picture-quiet text-xs" title={moment(new Date(lastPictureAt))}>
          Last picture {timeOfDay(new Date(lastPictureAt))}
        </p>
      )}
    </div>
  );
}

/** A picture that has just come is less than half a second old, as far as anybody can tell. */
const ageText = (ageMs: number) => (ageMs < 500 ? '< 0.5 s' : `${(ageMs / 1000).toFixed(1)} s`);

function Foot({ name, view: { state, framesPerSecond, size, inTime, ageMs = 0 } }: { name: string; view: TileView }) {
  const live = state.kind === 'live';
  return (
    <figcaption className="flex h-6 shrink-0 items-center gap-2 px-2 text-xs">
      <span className="min-w-0 truncate font-medium" title={name}>
        {name}
      </span>
      {live && (
        <span className="min-w-0 flex-1 truncate text-quiet opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
          {[size, `${framesPerSecond} fps`, state.detail].filter(Boolean).join(' · ')}
        </span>
      )}
      {live && inTime && (
        <span data-testid="in-time" className="@max-[300px]:hidden ml-auto min-w-0 shrink-0 text-quiet">
          {inTime}
        </span>
      )}
      <span
        data-testid="state"
        title={live ? 'How old the picture is at least' : state.detail}
        className={`flex shrink-0 items-center gap-1.5 ${live ? 'text-quiet' : ''} ${live && inTime ? '' : 'ml-auto'}`}
      >
        {!live && <StateMark kind={state.kind} size={12} />}
        {live ? `Live · ${ageText(ageMs)}` : state.text}
      </span>
    </figcaption>
  );
}
