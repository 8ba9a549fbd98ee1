import { useEffect } from 'react';
import { useSession } from '../api/session.ts';
import { ChoosePassword } from '../features/sign-in/choose-password.tsx';
import { Opening } from '../features/sign-in/opening.tsx';
import { SignIn } from '../features/sign-in/sign-in.tsx';
import { overlaySocket } from '../overlay/socket.ts';
import { dropUndo } from '../ui/undo.tsx';
import { Shell } from './shell.tsx';

/** Whoever is not signed in, or must first choose a password, sees nothing else. The address stays as it is. */
export function Gate() {
  const state = useSession();
  useEffect(() => {
    if (state.status !== 'signed-out') return;
    overlaySocket.close();
    dropUndo();
  }, [state.status]);
  if (state.status === 'unknown') return <Opening unreachable={state.unreachable} />;
  if (state.status === 'signed-out') return <SignIn ended={state.ended} />;
  const { session } = state;
  if (session.mustChangePassword) return <ChoosePassword username={session.username} />;
  return <Shell session={session} stale={state.stale} />;
}
