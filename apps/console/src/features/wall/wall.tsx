import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Cctv, CloudOff } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useCameras } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import type { Places } from './layout.ts';
import { usePreferences } from './preferences.ts';
import { useWallKeys } from './use-wall-keys.ts';
import { WallGrid } from './wall-grid.tsx';
import { WallSkeleton } from './wall-skeleton.tsx';
import { WallToolbar } from './wall-toolbar.tsx';

interface WallProps {
  user: string;
  administrator: boolean;
}

/** The wall: every camera that the user may see, or one of them large. */
export function Wall({ user, administrator }: WallProps) {
  const [{ places, boxes }, change] = usePreferences(user);
  const [help, setHelp] = useState(false);
  const { large, open, back } = useLarge();
  const actions = {
    onPlaces: (next: Places) => {
      change({ places: next });
      back();
    },
    onBoxes: () => change({ boxes: !boxes }),
    onBack: back,
    onFullScreen: toggleFullScreen,
    onHelp: () => setHelp((shown) => !shown),
  };
  useWallKeys(actions);
  return (
    <main aria-label="Wall" className="flex min-h-0 flex-1 flex-col">
      <h1 className="sr-only">Wall</h1>
      <WallToolbar places={places} boxes={boxes} {...actions} />
      <Content administrator={administrator} places={places} boxes={boxes} large={large} onOpen={open} />
      <KeysDialog open={help} onClose={() => setHelp(false)} />
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

function toggleFullScreen(): void {
  const change = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  change.catch(() => undefined);
}

interface ContentProps {
  administrator: boolean;
  places: Places;
  boxes: boolean;
  large: string | undefined;
  onOpen: (camera: string) => void;
}

function Content({ administrator, large, ...rest }: ContentProps) {
  const { data: cameras, error, isPending, refetch } = useCameras();
  if (isPending) return <WallSkeleton places={rest.places} />;
  if (!cameras) {
    return (
      <Notice
        icon={CloudOff}
        title="The cameras cannot be listed now"
        action={<Button onClick={() => void refetch()}>Try now</Button>}
      >
        {error?.message}
      </Notice>
    );
  }
  if (cameras.length === 0) return <NoCameras administrator={administrator} />;
  const known = cameras.some(({ id }) => id === large);
  return <WallGrid cameras={cameras} large={known ? large : undefined} {...rest} />;
}

function NoCameras({ administrator }: { administrator: boolean }) {
  if (!administrator) {
    return (
      <Notice icon={Cctv} title="There is nothing for you to see yet.">
        No area with cameras has been given to you. Ask an administrator for one; its pictures then show here by
        themselves.
      </Notice>
    );
  }
  const link = (
    <Link
      to="/cameras"
      search={{ add: true }}
      className="inline-flex h-8 items-center rounded-(--radius) bg-accent px-3 font-medium text-on-accent"
    >
      Add the first
    </Link>
  );
  return (
    <Notice icon={Cctv} title="No cameras yet." action={link}>
      All it takes is a camera’s RTSP address. It is tried before it is saved.
    </Notice>
  );
}
