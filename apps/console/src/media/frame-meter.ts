/** What a video element has shown so far. Times are of `performance.now()` (ms). */
export interface FrameMeter {
  /** When the last new picture that was looked at was presented; undefined before the first. */
  readonly lastFrameAt: number | undefined;
  /** Pictures a second, over the last two to four seconds. */
  rate(now: number): number;
  stop(): void;
}

interface FrameMeterOptions {
  video: HTMLVideoElement;
  /** Told the RTP time of a picture, where the browser knows it, and when its last packet came. */
  onPicture(rtp: number | undefined, receivedAt: number | undefined): void;
  /** Whether every picture is to be told of, and not only some a second. */
  closely(): boolean;
}

const windowMs = 2_000;
/** Each picture that is looked at costs the page a frame of its own: between two, so long a pause (ms). */
const pauseMs = 200;

/** Looks at the pictures of a video element as they are presented. */
export function meterFrames({ video, onPicture, closely }: FrameMeterOptions): FrameMeter {
  let handle = 0;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let lastFrameAt: number | undefined;
  let marks = [{ at: performance.now(), shown: 0 }];
  const look = () => {
    handle = video.requestVideoFrameCallback((now, { rtpTimestamp, receiveTime }) => {
      lastFrameAt = now;
      onPicture(rtpTimestamp, receiveTime);
      if (closely()) look();
      else pause = setTimeout(look, pauseMs);
    });
  };
  look();
  return {
    get lastFrameAt() {
      return lastFrameAt;
    },
    rate(now) {
      const newest = marks.at(-1);
      if (!newest || now - newest.at >= windowMs / 4) marks.push({ at: now, shown: shownBy(video) });
      marks = marks.filter(({ at }, index) => now - at <= windowMs || index >= marks.length - 2);
      const [oldest, last] = [marks[0], marks.at(-1)];
      if (!oldest || !last || last.at <= oldest.at) return 0;
      return Math.max(0, ((last.shown - oldest.shown) * 1000) / (last.at - oldest.at));
    },
    stop: () => {
      clearTimeout(pause);
      video.cancelVideoFrameCallback(handle);
    },
  };
}

function shownBy(video: HTMLVideoElement): number {
  const { totalVideoFrames, droppedVideoFrames } = video.getVideoPlaybackQuality();
  return totalVideoFrames - droppedVideoFrames;
}
