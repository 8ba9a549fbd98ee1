/** What a video shows now; whoever asks closes the frame. */
export interface CurrentPicture {
  frame: VideoFrame;
  /** Its RTP time, where the browser tells it. */
  rtp: number | undefined;
}

/** Takes what a video shows now, with its name: what is painted and what is named are then the same frame for certain. */
export function currentPicture(video: HTMLVideoElement): CurrentPicture | undefined {
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return undefined;
  try {
    const frame = new VideoFrame(video);
    return { frame, rtp: rtpOf(frame) };
  } catch {
    return undefined;
  }
}

function rtpOf(frame: VideoFrame): number | undefined {
  const metadata: unknown = 'metadata' in frame && typeof frame.metadata === 'function' ? frame.metadata() : undefined;
  const known = typeof metadata === 'object' && metadata !== null && 'rtpTimestamp' in metadata;
  return known && typeof metadata.rtpTimestamp === 'number' ? metadata.rtpTimestamp : undefined;
}
