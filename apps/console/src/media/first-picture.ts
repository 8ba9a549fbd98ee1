import type { RemoteTrack } from 'livekit-client';

const lookEveryMs = 100;
/** Longer than cameras leave between key frames (ms): what has brought none by then is shown as it is. */
const mostMs = 10_000;

/** Resolves once the first picture of a track is decoded, or when that takes too long. */
export async function firstPicture({ receiver }: RemoteTrack): Promise<void> {
  for (const end = performance.now() + mostMs; performance.now() < end; await pause(lookEveryMs)) {
    const reports: RTCStatsReport = (await receiver?.getStats()) ?? new Map();
    if ([...reports.values()].some(({ type, framesDecoded }) => type === 'inbound-rtp' && framesDecoded > 0)) return;
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
