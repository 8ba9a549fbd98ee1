import type { WallPlaces } from '@sightline/contracts/http/preferences';
import { useEffect, useRef } from 'react';
import { isForOthers } from '../../ui/typing.ts';
import { focusedCamera, moveFocus } from './move-focus.ts';

/** What the wall can be told; the toolbar and the keys tell it the same. */
export interface WallActions {
  onPlaces: (places: WallPlaces) => void;
  /** Turns to another page. */
  onTurn: (by: number) => void;
  onBoxes: () => void;
  onLabels: () => void;
  onTracks: () => void;
  /** Draws a class, or no more. */
  onHide: (className: string) => void;
  /** Blurs the picture where something of a class is, or no more. */
  onBlur: (className: string) => void;
  onWay: () => void;
  onArrange: () => void;
  onBack: () => void;
  onFullScreen: () => void;
  onHelp: () => void;
  onMove: (camera: string, by: number) => void;
  onResize: (camera: string) => void;
}

/** Which key makes which layout. */
export const placesKeys: Readonly<Record<string, WallPlaces>> = { 0: 'all', 1: 1, 2: 4, 3: 9, 4: 16, 5: 25, 6: 'free' };

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const plain: Readonly<Record<string, (actions: WallActions) => void>> = {
  b: ({ onBoxes }) => onBoxes(),
  l: ({ onLabels }) => onLabels(),
  t: ({ onTracks }) => onTracks(),
  p: ({ onBlur }) => onBlur('face'),
  e: ({ onWay }) => onWay(),
  a: ({ onArrange }) => onArrange(),
  f: ({ onFullScreen }) => onFullScreen(),
  escape: ({ onBack }) => onBack(),
  pagedown: ({ onTurn }) => onTurn(1),
  pageup: ({ onTurn }) => onTurn(-1),
  '?': ({ onHelp }) => onHelp(),
};

/** The wall's keys, unless somebody types, or has a menu or a dialog open. */
export function useWallKeys(actions: WallActions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { ctrlKey, metaKey, altKey } = event;
      if (ctrlKey || metaKey || altKey || isForOthers(event) || !handle(event, latest.current)) return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

function handle({ key, shiftKey }: KeyboardEvent, actions: WallActions): boolean {
  const arrow = arrows[key];
  const places = placesKeys[key];
  const camera = focusedCamera();
  const action = plain[key.toLowerCase()];
  if (arrow && shiftKey && camera) actions.onMove(camera, arrow[0] + arrow[1]);
  else if (arrow) moveFocus(arrow);
  else if (camera && (key === '+' || key === '-')) actions.onResize(camera);
  else if (places !== undefined) actions.onPlaces(places);
  else if (action) action(actions);
  else return false;
  return true;
}
