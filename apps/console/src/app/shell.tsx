import type { SessionView } from '@sightline/contracts';
import { Link, Outlet } from '@tanstack/react-router';
import { LogOut, Moon, Sun } from 'lucide-react';
import { signOut, useSession } from '../api/session.ts';
import { Button } from '../ui/controls.tsx';
import { useTheme } from './theme.ts';

/** The frame around every page: one line at the top, nothing over the pictures. */
export function Shell({ session }: { session: SessionView }) {
  const state = useSession();
  const { theme, toggle } = useTheme();
  const link =
    'rounded-(--radius) px-3 py-1 text-quiet hover:text-text data-[status=active]:bg-raised data-[status=active]:text-text';
  return (
    <div className="flex h-full flex-col">
      <header className="flex flex-wrap items-center gap-2 border-line border-b bg-panel px-3 py-1.5">
        <img src="/icon.svg" alt="" width="22" height="22" />
        <span className="mr-2 font-medium">Sightline</span>
        <nav aria-label="Pages" className="flex gap-1">
          <Link to="/" className={link}>
            Wall
          </Link>
          {session.role === 'administrator' && (
            <>
              <Link to="/cameras" className={link}>
                Cameras
              </Link>
              <Link to="/users" className={link}>
                Users
              </Link>
            </>
          )}
        </nav>
        {state.status === 'signed-in' && state.stale && (
          <p role="status" className="text-look">
            Reconnecting … pictures go on
          </p>
        )}
        <span className="ml-auto hidden text-quiet sm:inline">{session.username}</span>
        <Button look="quiet" aria-label={theme === 'dark' ? 'Light' : 'Dark'} onClick={toggle}>
          {theme === 'dark' ? <Sun size={16} /> : <Moon size={16} />}
        </Button>
        <Button look="quiet" aria-label="Sign out" onClick={() => void signOut()}>
          <LogOut size={16} />
        </Button>
      </header>
      <Outlet />
    </div>
  );
}
