import { pause } from '../api/pause.ts';

const againMs = 1_000;

/** Loads a part of the console; once more after a moment when that fails, as after a hiccup of the line. */
export async function loadTwice<Part>(load: () => Promise<Part>, pauseMs = againMs): Promise<Part> {
  try {
    return await load();
  } catch {
    await pause(pauseMs);
    return load();
  }
}
