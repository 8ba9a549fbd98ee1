/** What a video element has shown so far. Times are of `performance.now()` (ms). */
export interface FrameMeter {
  /** When the last new picture was presented; undefined before the first. */
  readonly lastFrameAt: number | undefined;
  readonly frames: number;
  /** Pictures a second, over the last two to four seconds. */
  rate(now: number): number;
  stop(): void;
}

const windowMs = 2_000;

/** Told the RTP time of each picture, where the browser knows it, and when its last packet came. */
export type OnPicture = (rtp: number | undefined, receivedAt: number | undefined) => void;

/** Counts the pictures of a video element as they are presented. */
export function meterFrames(video: HTMLVideoElement, onFrame: OnPicture): FrameMeter {
  let handle = 0;
  const state: { lastFrameAt: number | undefined; frames: number } = { lastFrameAt: undefined, frames: 0 };
  let marks = [{ at: performance.now(), frames: 0 }];
  const count: VideoFrameRequestCallback = (now, metadata) => {
    state.lastFrameAt = now;
    state.frames += 1;
    onFrame(metadata.rtpTimestamp, metadata.receiveTime);
    handle = video.requestVideoFrameCallback(count);
  };
  handle = video.requestVideoFrameCallback(count);
  return {
    get lastFrameAt() {
      return state.lastFrameAt;
    },
    get frames() {
      return state.frames;
    },
    rate(now) {
      const newest = marks.at(-1);
      if (!newest || now - newest.at >= windowMs / 4) marks.push({ at: now, frames: state.frames });
      marks = marks.filter(({ at }, index) => now - at <= windowMs || index >= marks.length - 2);
      const [oldest] = marks;
      return oldest && now > oldest.at ? ((state.frames - oldest.frames) * 1000) / (now - oldest.at) : 0;
    },
    stop: () => video.cancelVideoFrameCallback(handle),
  };
}
