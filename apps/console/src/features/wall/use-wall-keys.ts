import { useEffect, useRef } from 'react';

interface WallKeys {
  onLayout: (places: number | undefined) => void;
  onBoxes: () => void;
  onBack: () => void;
  onHelp: () => void;
}

const layouts: Record<string, number | undefined> = { 0: undefined, 1: 1, 2: 4, 3: 9, 4: 16, 5: 25 };
const arrows: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The wall's keys, unless somebody is typing. */
export function useWallKeys(actions: WallKeys): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { target, key } = event;
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        (target instanceof Element && target.closest('input, select, textarea, [role=dialog]'))
      )
        return;
      const arrow = arrows[key];
      if (arrow) moveFocus(arrow);
      else if (key in layouts) latest.current.onLayout(layouts[key]);
      else if (key.toLowerCase() === 'b') latest.current.onBoxes();
      else if (key === 'Escape') latest.current.onBack();
      else if (key === '?') latest.current.onHelp();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Moves to the nearest tile in a direction. */
function moveFocus([dx, dy]: readonly [number, number]): void {
  const tiles = [...document.querySelectorAll<HTMLElement>('figure[data-camera]')];
  const from = document.activeElement?.closest('figure[data-camera]')?.getBoundingClientRect();
  if (!from) return tiles[0]?.focus();
  const distance = (tile: HTMLElement) => {
    const to = tile.getBoundingClientRect();
    const [along, across] = dx
      ? [(to.x - from.x) * dx, Math.abs(to.y - from.y)]
      : [(to.y - from.y) * dy, Math.abs(to.x - from.x)];
    return along > 1 ? along + across * 3 : Number.POSITIVE_INFINITY;
  };
  const [nearest] = tiles.map((tile) => ({ tile, far: distance(tile) })).sort((a, b) => a.far - b.far);
  if (nearest && Number.isFinite(nearest.far)) nearest.tile.focus();
}
