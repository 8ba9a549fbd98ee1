import { useSyncExternalStore } from 'react';

/** What a person chose: a theme, or that of the system. */
export type ThemeChoice = 'dark' | 'light' | 'system';

export const themeChoices: readonly { value: ThemeChoice; label: string }[] = [
  { value: 'dark', label: 'Dark' },
  { value: 'light', label: 'Light' },
  { value: 'system', label: 'As the system' },
];

const key = 'sightline.theme';
const listeners = new Set<() => void>();

/** Dark until something else was chosen: walls hang in dim rooms. */
export function themeNow(): ThemeChoice {
  const kept = localStorage.getItem(key);
  return kept === 'light' || kept === 'system' ? kept : 'dark';
}

/** Puts the chosen theme on the page, and follows the system where that was chosen. */
export function startTheme(): void {
  matchMedia('(prefers-color-scheme: light)').addEventListener('change', apply);
  apply();
}

export function chooseTheme(choice: ThemeChoice): void {
  localStorage.setItem(key, choice);
  apply();
  for (const listener of listeners) listener();
}

export function useTheme(): ThemeChoice {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, themeNow);
}

function apply(): void {
  const choice = themeNow();
  const system = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
  document.documentElement.dataset.theme = choice === 'system' ? system : choice;
}
