import { endpoints } from '@sightline/contracts/http/index';
import { WallPreferences } from '@sightline/contracts/http/preferences';
import { useEffect, useRef, useState } from 'react';
import { call } from '../../api/call.ts';
import { ApiError } from '../../api/client.ts';

const saveAfterMs = 600;
const tryAgainMs = 10_000;

/** What this browser remembers; `unsaved` while the server does not know of it. */
interface Kept {
  preferences: WallPreferences;
  unsaved: boolean;
}

/** How a person likes the wall: kept with the account, and in the browser for when auth cannot be reached. */
export function usePreferences(user: string): [WallPreferences, (change: Partial<WallPreferences>) => void] {
  const key = `sightline.wall.${user}`;
  const [preferences, setPreferences] = useState(() => read(key).preferences);
  const latest = useRef(read(key));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const there = useRef(true);

  const keep = (kept: Kept) => {
    latest.current = kept;
    localStorage.setItem(key, JSON.stringify(kept));
    setPreferences(kept.preferences);
  };
  const save = async () => {
    const { preferences: body } = latest.current;
    try {
      await call(endpoints.savePreferences, { body });
      if (latest.current.preferences === body) keep({ preferences: body, unsaved: false });
    } catch (error) {
      const refused = error instanceof ApiError && error.refused;
      if (there.current && !refused) saveIn(tryAgainMs);
    }
  };
  const saveIn = (ms: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void save(), ms);
  };
  const start = async () => {
    if (latest.current.unsaved) return save();
    const preferences = await call(endpoints.getPreferences).catch(() => undefined);
    if (preferences && !latest.current.unsaved) keep({ preferences, unsaved: false });
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each user, whose wall is made anew
  useEffect(() => {
    there.current = true;
    void start();
    return () => {
      there.current = false;
      clearTimeout(timer.current);
    };
  }, []);

  const change = (part: Partial<WallPreferences>) => {
    keep({ preferences: { ...latest.current.preferences, ...part }, unsaved: true });
    saveIn(saveAfterMs);
  };
  return [preferences, change];
}

function read(key: string): Kept {
  try {
    const { preferences, unsaved } = JSON.parse(localStorage.getItem(key) ?? '{}');
    return { preferences: WallPreferences.parse(preferences ?? {}), unsaved: unsaved === true };
  } catch {
    return { preferences: WallPreferences.parse({}), unsaved: false };
  }
}
