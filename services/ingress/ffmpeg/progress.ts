import { byLine } from '../lines.ts';
import type { Progress } from '../publishing-process.ts';

/** Reads ffmpeg's `-progress` output, `key=value` lines, as it comes and calls `onProgress` at the end of each block. */
export function progressReader(onProgress: (progress: Progress) => void): (chunk: string) => void {
  let values = new Map<string, string>();
  return byLine((line) => {
    const [key = '', value = ''] = line.split('=');
    values.set(key.trim(), value.trim());
    if (key !== 'progress') return;
    onProgress({ frames: toNumber(values.get('frame')), positionMs: toNumber(values.get('out_time_us')) / 1_000 });
    values = new Map();
  });
}

const toNumber = (text: string | undefined) => (text !== undefined && /^-?\d+$/.test(text) ? Number(text) : 0);
