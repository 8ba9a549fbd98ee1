import { Link } from '@tanstack/react-router';
import { Cctv, CloudOff, Lock } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';

/** The list cannot be read and was never read before. */
export function NotListed({ error, onAgain }: { error: Error | null; onAgain: () => void }) {
  return (
    <Notice
      icon={CloudOff}
      title="The cameras cannot be listed now"
      action={<Button onClick={onAgain}>Try now</Button>}
    >
      {error?.message}
    </Notice>
  );
}

/** The address names a camera that is not among those that may be seen. */
export function NotYours({ onBack }: { onBack: () => void }) {
  return (
    <Notice icon={Lock} title="You may not see this camera" action={<Button onClick={onBack}>Back to the wall</Button>}>
      Either it is in an area that was not given to you, or it was retired. Ask an administrator for its area.
    </Notice>
  );
}

/** Nothing to see yet, and what to do about it. */
export function NoCameras({ administrator }: { administrator: boolean }) {
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
