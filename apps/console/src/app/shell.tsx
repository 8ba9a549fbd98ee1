import type { SessionView } from '@sightline/contracts/http/auth';
import { Link, Outlet } from '@tanstack/react-router';
import { Activity, Cctv, LayoutGrid, type LucideIcon, MapPin, ScanEye, Users, WifiOff } from 'lucide-react';
import { Suspense, useState } from 'react';
import { Logo } from '../ui/logo.tsx';
import { ToolbarPlace } from '../ui/toolbar.tsx';
import { UndoBar } from '../ui/undo.tsx';
import { useTrouble } from './use-trouble.ts';
import { UserMenu } from './user-menu.tsx';

interface Page {
  to: '/' | '/seen' | '/cameras' | '/places' | '/users' | '/status';
  name: string;
  icon: LucideIcon;
  administrators: boolean;
}

const pages: readonly Page[] = [
  { to: '/', name: 'Wall', icon: LayoutGrid, administrators: false },
  { to: '/seen', name: 'Seen', icon: ScanEye, administrators: false },
  { to: '/cameras', name: 'Cameras', icon: Cctv, administrators: true },
  { to: '/places', name: 'Places', icon: MapPin, administrators: true },
  { to: '/users', name: 'Users', icon: Users, administrators: true },
  { to: '/status', name: 'Status', icon: Activity, administrators: true },
];

/** The frame around every page: one line at the top; on a phone the pages stand at the foot. */
export function Shell({ session, stale }: { session: SessionView; stale: boolean }) {
  const [place, setPlace] = useState<HTMLElement | null>(null);
  const shown = pages.filter(({ administrators }) => !administrators || session.role === 'administrator');
  return (
    <ToolbarPlace value={place}>
      <div className="flex h-dvh flex-col">
        <header className="flex h-11 shrink-0 items-center gap-1 bg-panel px-2 sm:gap-2 sm:px-3">
          <span className="flex items-center gap-2 pr-2 font-semibold">
            <Logo size={20} />
            <span className="max-sm:sr-only">Sightline</span>
          </span>
          {shown.length > 1 && (
            <nav aria-label="Pages" className="flex gap-1 max-sm:hidden">
              {shown.map(({ to, name }) => (
                <Link
                  key={to}
                  to={to}
                  className="flex h-8 items-center rounded-(--radius) px-3 text-quiet hover:text-text data-[status=active]:bg-raised data-[status=active]:text-text"
                >
                  {name}
                </Link>
              ))}
            </nav>
          )}
          <Trouble stale={stale} />
          <div ref={setPlace} className="ml-auto flex items-center gap-1" />
          <UserMenu session={session} />
        </header>
        <Suspense fallback={<div className="flex-1" />}>
          <Outlet />
        </Suspense>
        <UndoBar />
        {shown.length > 1 && (
          <nav aria-label="Pages" className="flex shrink-0 bg-panel pb-[env(safe-area-inset-bottom)] sm:hidden">
            {shown.map(({ to, name, icon: Icon }) => (
              <Link
                key={to}
                to={to}
                className="flex h-13 flex-1 flex-col items-center justify-center gap-0.5 text-quiet text-xs data-[status=active]:text-accent"
              >
                <Icon size={20} aria-hidden="true" />
                {name}
              </Link>
            ))}
          </nav>
        )}
      </div>
    </ToolbarPlace>
  );
}

function Trouble({ stale }: { stale: boolean }) {
  const { trouble, pictures } = useTrouble(stale);
  return (
    <p role="status" className="min-w-0 truncate text-look">
      {trouble && (
        <span className="flex items-center gap-2" title={trouble}>
          <WifiOff size={16} className="shrink-0" aria-hidden="true" />
          <span className="truncate">
            Reconnecting … {pictures && <span className="max-md:hidden">pictures go on</span>}
          </span>
        </span>
      )}
    </p>
  );
}
