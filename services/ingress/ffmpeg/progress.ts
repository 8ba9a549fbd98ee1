/** What ffmpeg has sent so far, from its `-progress` output. */
export interface Progress {
  frames: number;
  /** Position in the stream (µs). */
  outTimeUs: number;
}

/** Reads `key=value` lines as they come and calls `onProgress` at the end of each block. */
export function progressReader(onProgress: (progress: Progress) => void): (chunk: string) => void {
  let rest = '';
  let values = new Map<string, string>();
  return (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [key = '', value = ''] = line.split('=');
      values.set(key.trim(), value.trim());
      if (key !== 'progress') continue;
      onProgress({ frames: toNumber(values.get('frame')), outTimeUs: toNumber(values.get('out_time_us')) });
      values = new Map();
    }
  };
}

const toNumber = (text: string | undefined) => (text !== undefined && /^-?\d+$/.test(text) ? Number(text) : 0);
