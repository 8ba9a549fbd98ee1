import { endpoints, type SessionView } from '@sightline/contracts/http/index';
import { useSyncExternalStore } from 'react';
import { ApiError, send } from './client.ts';

/** Who is signed in: not known yet, nobody, or somebody. `stale` while auth cannot be reached: what runs goes on. */
export type SessionState =
  | { status: 'unknown'; unreachable: boolean }
  | { status: 'signed-out'; ended: boolean }
  | { status: 'signed-in'; session: SessionView; stale: boolean };

/** What came of asking for a new access token. */
export type Renewal = 'renewed' | 'ended' | 'unreachable';

/** Set while somebody is signed in here, so that nobody is asked for a session that cannot be there. */
const flag = 'sightline.signed-in';
const renewEveryMs = 4 * 60_000;
const tryAgainMs = 5_000;

let state: SessionState = { status: 'unknown', unreachable: false };
let timer: ReturnType<typeof setTimeout> | undefined;
let renewing: Promise<Renewal> | undefined;
let oneTime = '';
const listeners = new Set<() => void>();

function set(next: SessionState): void {
  state = next;
  if (next.status === 'signed-in') localStorage.setItem(flag, 'yes');
  if (next.status === 'signed-out') localStorage.removeItem(flag);
  for (const listener of listeners) listener();
}

function renewLater(ms: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => void renew(), ms);
}

function accept(session: SessionView): void {
  set({ status: 'signed-in', session, stale: false });
  renewLater(renewEveryMs);
}

/** Finds out at the start who is signed in. */
export async function openSession(): Promise<void> {
  if (localStorage.getItem(flag)) await renew();
  else set({ status: 'signed-out', ended: false });
}

/** Takes a new access token: every few minutes, and when a service finds the one of now too old. One request at a time. */
export function renew(): Promise<Renewal> {
  renewing ??= renewOnce().finally(() => {
    renewing = undefined;
  });
  return renewing;
}

async function renewOnce(): Promise<Renewal> {
  try {
    accept(await send(endpoints.refreshSession));
    return 'renewed';
  } catch (error) {
    if (error instanceof ApiError && error.problem.status === 401) {
      clearTimeout(timer);
      if (state.status !== 'signed-out') set({ status: 'signed-out', ended: true });
      return 'ended';
    }
    if (state.status === 'signed-in') set({ ...state, stale: true });
    if (state.status === 'unknown') set({ status: 'unknown', unreachable: true });
    renewLater(tryAgainMs);
    return 'unreachable';
  }
}

export async function signIn(username: string, password: string): Promise<void> {
  const session = await send(endpoints.signIn, { body: { username, password } });
  oneTime = session.mustChangePassword ? password : '';
  accept(session);
}

/** The one-time password that was typed just now, so that nobody types it twice; empty after a reload. */
export const oneTimePassword = (): string => oneTime;

export async function changePassword(current: string, next: string): Promise<void> {
  const session = await send(endpoints.changePassword, { body: { current, next } });
  oneTime = '';
  accept(session);
}

export async function signOut(): Promise<void> {
  await send(endpoints.signOut);
  oneTime = '';
  clearTimeout(timer);
  set({ status: 'signed-out', ended: false });
}

/** Calls `listener` at every change of who is signed in; returns how to stop that. */
export function onSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const sessionNow = (): SessionState => state;
export const useSession = (): SessionState => useSyncExternalStore(onSession, sessionNow);
