/** What a video element has shown so far. Times are of `performance.now()` (ms). */
export interface FrameMeter {
  /** When the last new picture was presented; undefined before the first. */
  lastFrameAt: number | undefined;
  frames: number;
  /** RTP time of the picture that is shown now, where the browser tells it. */
  rtpTimestamp: number | undefined;
  stop(): void;
}

/** Counts the pictures of a video element as they are presented. */
export function meterFrames(video: HTMLVideoElement, onFrame?: () => void): FrameMeter {
  let handle = 0;
  const meter: FrameMeter = {
    lastFrameAt: undefined,
    frames: 0,
    rtpTimestamp: undefined,
    stop: () => video.cancelVideoFrameCallback(handle),
  };
  const count: VideoFrameRequestCallback = (now, metadata) => {
    meter.lastFrameAt = now;
    meter.frames += 1;
    meter.rtpTimestamp = metadata.rtpTimestamp;
    onFrame?.();
    handle = video.requestVideoFrameCallback(count);
  };
  handle = video.requestVideoFrameCallback(count);
  return meter;
}
