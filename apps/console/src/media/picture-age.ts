import { PictureLag } from './picture-lag.ts';
import { Novelty, sampleOf } from './same-picture.ts';

const sampleEveryMs = 900;

/** How old what a video shows is, by the picture itself: how late its stream runs, and for how long it has been the same. */
export class PictureAge {
  readonly #video: HTMLVideoElement;
  readonly #lag = new PictureLag();
  readonly #novelty = new Novelty();
  #sampledAt = 0;

  constructor(video: HTMLVideoElement) {
    this.#video = video;
  }

  /** A picture of this RTP time is shown. */
  shown(rtp: number, now: number): void {
    this.#lag.see(rtp, now);
  }

  /** Looks at the picture itself, if it is a newer one than that which was looked at, and not too soon after. */
  async sample(shownAt: number | undefined, now: number): Promise<void> {
    if (shownAt === undefined || shownAt <= this.#sampledAt || now - this.#sampledAt < sampleEveryMs) return;
    this.#sampledAt = now;
    const samples = await sampleOf(this.#video).catch(() => undefined);
    if (samples) this.#novelty.see(samples, now);
  }

  /** Another stream is shown from now on. */
  reset(): void {
    this.#lag.reset();
    this.#novelty.reset();
  }

  /** How far the stream lies behind where it was at its best (ms). */
  get lagMs(): number {
    return this.#lag.ms;
  }

  /** A picture that is the same over and over is an old one, however new its packets are: for how long it has been (ms). */
  sameForMs(now: number): number {
    return this.#novelty.sameForMs(now);
  }
}
