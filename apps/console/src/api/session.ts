import { endpoints, type SessionView } from '@sightline/contracts';
import { useSyncExternalStore } from 'react';
import { ApiError, call } from './client.ts';

/** Who is signed in: not known yet, nobody, or somebody. `stale` while auth cannot be reached: what runs goes on. */
export type SessionState =
  | { status: 'unknown' }
  | { status: 'signed-out' }
  | { status: 'signed-in'; session: SessionView; stale: boolean };

/** Set while somebody is signed in here, so that nobody is asked for a session that cannot be there. */
const flag = 'sightline.signed-in';
const refreshEveryMs = 4 * 60_000;
const tryAgainMs = 5_000;

let state: SessionState = { status: 'unknown' };
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function set(next: SessionState): void {
  state = next;
  if (next.status === 'signed-in') localStorage.setItem(flag, 'yes');
  if (next.status === 'signed-out') localStorage.removeItem(flag);
  for (const listener of listeners) listener();
}

function accept(session: SessionView): void {
  set({ status: 'signed-in', session, stale: false });
  clearTimeout(timer);
  timer = setTimeout(() => void refresh(), refreshEveryMs);
}

/** Takes a new access token; called at the start, every few minutes, and after a refusal. */
export async function refresh(): Promise<void> {
  if (!localStorage.getItem(flag)) return set({ status: 'signed-out' });
  try {
    accept(await call(endpoints.refreshSession));
  } catch (error) {
    const refused = error instanceof ApiError && error.problem.status === 401;
    if (refused) return set({ status: 'signed-out' });
    if (state.status === 'signed-in') set({ ...state, stale: true });
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(), tryAgainMs);
  }
}

export async function signIn(username: string, password: string): Promise<void> {
  accept(await call(endpoints.signIn, { body: { username, password } }));
}

export async function changePassword(current: string, next: string): Promise<void> {
  accept(await call(endpoints.changePassword, { body: { current, next } }));
}

export async function signOut(): Promise<void> {
  clearTimeout(timer);
  await call(endpoints.signOut);
  set({ status: 'signed-out' });
}

export function useSession(): SessionState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}
