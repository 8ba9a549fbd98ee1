import { Link } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useSession } from '../api/session.ts';
import { Notice } from '../ui/notice.tsx';

/** A page for administrators; whoever else comes by its address is told so. */
export function Administrators({ children }: { children: ReactNode }) {
  const state = useSession();
  if (state.status !== 'signed-in') return null;
  if (state.session.role === 'administrator') return children;
  const link = (
    <Link to="/" className="text-accent underline">
      To the wall
    </Link>
  );
  return (
    <main className="flex flex-1">
      <Notice icon={Lock} title="This page is for administrators" action={link}>
        You are signed in as {state.session.username}, a viewer. Ask an administrator for what you need changed.
      </Notice>
    </main>
  );
}
