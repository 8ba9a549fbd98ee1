import { useEffect, useRef } from 'react';
import type { Places } from './layout.ts';
import { moveFocus } from './move-focus.ts';

interface WallKeys {
  onPlaces: (places: Places) => void;
  onBoxes: () => void;
  onBack: () => void;
  onFullScreen: () => void;
  onHelp: () => void;
}

/** Which key makes which layout. */
export const placesKeys: Readonly<Record<string, Places>> = { 0: 'all', 1: 1, 2: 4, 3: 9, 4: 16, 5: 25 };

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The wall's keys, unless somebody types, or has a menu or a dialog open. */
export function useWallKeys(actions: WallKeys): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isElsewhere(event) || !handle(event.key, latest.current)) return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

function isElsewhere({ target, ctrlKey, metaKey, altKey, defaultPrevented }: KeyboardEvent): boolean {
  const busy = target instanceof Element && target.closest('input, select, textarea, [role=dialog], [role=menu]');
  return ctrlKey || metaKey || altKey || defaultPrevented || Boolean(busy);
}

function handle(key: string, actions: WallKeys): boolean {
  const arrow = arrows[key];
  const places = placesKeys[key];
  if (arrow) moveFocus(arrow);
  else if (places !== undefined) actions.onPlaces(places);
  else if (key === 'b' || key === 'B') actions.onBoxes();
  else if (key === 'f' || key === 'F') actions.onFullScreen();
  else if (key === 'Escape') actions.onBack();
  else if (key === '?') actions.onHelp();
  else return false;
  return true;
}
