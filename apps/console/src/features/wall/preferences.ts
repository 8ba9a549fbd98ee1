import { useState } from 'react';
import { z } from 'zod';

const Preferences = z.object({
  places: z
    .union([z.literal('all'), z.literal(1), z.literal(4), z.literal(9), z.literal(16), z.literal(25)])
    .catch('all'),
  boxes: z.boolean().catch(true),
});
type Preferences = z.infer<typeof Preferences>;

/** How a person likes the wall, kept in the browser by user. */
export function usePreferences(user: string): [Preferences, (change: Partial<Preferences>) => void] {
  const key = `sightline.wall.${user}`;
  const [preferences, setPreferences] = useState(() => read(key));
  const change = (part: Partial<Preferences>) => {
    const next = { ...preferences, ...part };
    localStorage.setItem(key, JSON.stringify(next));
    setPreferences(next);
  };
  return [preferences, change];
}

function read(key: string): Preferences {
  try {
    return Preferences.parse(JSON.parse(localStorage.getItem(key) ?? '{}'));
  } catch {
    return { places: 'all', boxes: true };
  }
}
