import type { RemoteTrack } from 'livekit-client';
import { pause } from '../api/pause.ts';

const lookEveryMs = 100;
/** Longer than cameras leave between key frames (ms). */
const mostMs = 10_000;

/** Whether the first picture of a track was decoded, once it is, or when that takes too long. */
export async function firstPicture({ receiver }: RemoteTrack): Promise<boolean> {
  for (const end = performance.now() + mostMs; performance.now() < end; await pause(lookEveryMs)) {
    const reports: RTCStatsReport = (await receiver?.getStats()) ?? new Map();
    if ([...reports.values()].some(({ type, framesDecoded }) => type === 'inbound-rtp' && framesDecoded > 0))
      return true;
  }
  return false;
}
