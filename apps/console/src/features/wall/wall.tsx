import type { CameraView } from '@sightline/contracts/http/cameras';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useCameras } from '../../api/queries.ts';
import { pageOf } from './arrange.ts';
import { ArrangeDialog } from './arrange-dialog.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { usePreferences } from './preferences.ts';
import { useArrangement } from './use-arrangement.ts';
import { useWallKeys, type WallActions } from './use-wall-keys.ts';
import { WallGrid } from './wall-grid.tsx';
import { NoCameras, NotListed, NotYours } from './wall-notices.tsx';
import { WallSkeleton } from './wall-skeleton.tsx';
import { WallToolbar } from './wall-toolbar.tsx';

interface WallProps {
  user: string;
  administrator: boolean;
}

const none: readonly CameraView[] = [];

/** The wall: the cameras that the user may see, page by page, or one of them large. */
export function Wall({ user, administrator }: WallProps) {
  const { data: cameras = none, error, isPending, isSuccess, data, refetch } = useCameras();
  const [preferences, change] = usePreferences(user);
  const [wanted, setWanted] = useState(0);
  const [dialog, setDialog] = useState<'keys' | 'arrange'>();
  const { large, open, back } = useLarge();
  const { tiles, move, put, resize } = useArrangement(cameras, preferences, change);
  const { tiles: paged, page, pages } = pageOf(tiles, preferences.places, wanted);
  const { boxes, labels, tracks, hidden, blurred, way } = preferences;
  const actions: WallActions = {
    onPlaces: (places) => {
      change({ places });
      setWanted(0);
      back();
    },
    onTurn: (by) => setWanted(Math.min(Math.max(0, page + by), pages - 1)),
    onBoxes: () => change({ boxes: !boxes }),
    onLabels: () => change({ labels: !labels }),
    onTracks: () => change({ tracks: !tracks }),
    onHide: (name) => change({ hidden: toggled(hidden, name) }),
    onBlur: (name) => change({ blurred: toggled(blurred, name) }),
    onWay: () => change({ way: way === 'live' ? 'exact' : 'live' }),
    onArrange: () => setDialog('arrange'),
    onBack: back,
    onFullScreen: toggleFullScreen,
    onHelp: () => setDialog('keys'),
    onMove: move,
    onResize: resize,
  };
  useWallKeys(actions);
  const close = () => setDialog(undefined);
  const alone = cameras.find(({ id }) => id === large);
  const away = alone && !paged.some(({ camera }) => camera === alone) ? [{ camera: alone, large: false }] : [];
  return (
    <main aria-label="Wall" className="flex min-h-0 flex-1 flex-col">
      <h1 className="sr-only">Wall</h1>
      <WallToolbar preferences={preferences} page={page} pages={pages} actions={actions} />
      {isPending && <WallSkeleton places={preferences.places} />}
      {!isPending && !data && <NotListed error={error} onAgain={() => void refetch()} />}
      {data?.length === 0 && <NoCameras administrator={administrator} />}
      {isSuccess && cameras.length > 0 && large !== undefined && !alone && <NotYours onBack={back} />}
      {cameras.length > 0 && (large === undefined || alone) && (
        <WallGrid tiles={[...paged, ...away]} preferences={preferences} large={large} onOpen={open} onPut={put} />
      )}
      <KeysDialog open={dialog === 'keys'} onClose={close} />
      <ArrangeDialog
        open={dialog === 'arrange'}
        cameras={cameras}
        preferences={preferences}
        onChange={change}
        onClose={close}
      />
    </main>
  );
}

/** Which camera is shown large stands in the address: a link leads to it, and the browser's back leads back. */
function useLarge() {
  const { camera: large } = useSearch({ from: '/' });
  const navigate = useNavigate({ from: '/' });
  const show = useCallback((camera?: string) => void navigate({ search: camera ? { camera } : {} }), [navigate]);
  const open = useCallback((camera: string) => show(camera === large ? undefined : camera), [show, large]);
  const back = useCallback(() => {
    if (large) show();
  }, [show, large]);
  return { large, open, back };
}

const toggled = (names: readonly string[], name: string): string[] =>
  names.includes(name) ? names.filter((each) => each !== name) : [...names, name].slice(-50);

function toggleFullScreen(): void {
  const change = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  change.catch(() => undefined);
}
