import type { CameraView } from '@sightline/contracts/http/cameras';
import type { FreePlace, WallPreferences } from '@sightline/contracts/http/preferences';
import { useCallback, useEffect, useRef } from 'react';
import { arrange, moved, type Placed } from './arrange.ts';

/** What a person does to the order of the wall; each makes it a free one. */
export interface Arrangement {
  tiles: readonly Placed<CameraView>[];
  /** Moves a camera by so many places. */
  move(camera: string, by: number): void;
  /** Puts a camera where another one is. */
  put(camera: string, where: string): void;
  /** Two places by two, or one. */
  resize(camera: string): void;
}

/** The tiles of the wall and what moves them. Its functions never change, so that tiles need not be drawn again. */
export function useArrangement(
  cameras: readonly CameraView[],
  preferences: WallPreferences,
  change: (part: Partial<WallPreferences>) => void,
): Arrangement {
  const tiles = arrange(cameras, preferences);
  const latest = useRef({ tiles, change });
  useEffect(() => {
    latest.current = { tiles, change };
  });
  const free = useCallback((work: (free: FreePlace[]) => FreePlace[]) => {
    const now = latest.current.tiles.map(({ camera, large }) => ({ camera: camera.id, large }));
    latest.current.change({ places: 'free', free: work(now) });
  }, []);
  const move = useCallback((camera: string, by: number) => free((now) => moved(now, camera, by)), [free]);
  const put = useCallback(
    (camera: string, where: string) =>
      free((now) => {
        const index = (id: string) => now.findIndex((each) => each.camera === id);
        return moved(now, camera, index(where) - index(camera));
      }),
    [free],
  );
  const resize = useCallback(
    (camera: string) =>
      free((now) => now.map((each) => (each.camera === camera ? { camera, large: !each.large } : each))),
    [free],
  );
  return { tiles, move, put, resize };
}
