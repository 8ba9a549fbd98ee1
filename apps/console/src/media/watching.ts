import type { RemoteTrack } from 'livekit-client';
import type { Layer } from '../overlay/layer.ts';
import { frameNames } from './frame-names.ts';
import { HoldBack, type Way } from './hold-back.ts';

const words = { exact: 'exact', arrival: 'approximate' } as const;

/** Ties one picture to its boxes: which frames come, which is shown, and by how much the picture is held back. */
export class Watching {
  readonly #layer: Layer;
  readonly #holdBack = new HoldBack();
  #track: RemoteTrack | undefined;
  #stopNames: (() => void) | undefined;
  #named = false;
  #heldMs = 0;

  constructor(layer: Layer) {
    this.#layer = layer;
  }

  set way(way: Way) {
    this.#layer.way = way;
    this.hold(performance.now());
  }

  set track(track: RemoteTrack) {
    if (track === this.#track) return;
    this.stop();
    this.#track = track;
    this.#heldMs = 0;
    this.#layer.inTime.restart();
    this.#stopNames = frameNames.listen(track.receiver, (frames) => {
      this.#named = true;
      this.#layer.inTime.addFrames(frames);
    });
    this.hold(performance.now());
  }

  /** A picture is shown. Where nobody names frames as they come, they are known once they are shown. */
  shown(rtp: number | undefined, receivedAt: number | undefined): void {
    this.#layer.rtpTimestamp = rtp;
    if (this.#named || rtp === undefined) return;
    this.#layer.inTime.addFrames([{ rtp, key: undefined, receivedAt: receivedAt ?? performance.now() }]);
  }

  /** Whether every picture counts: somebody sees boxes on them, or pictures are known only once they are shown. */
  get closely(): boolean {
    return this.#layer.wanted || !this.#named;
  }

  /** A box came so long after its frame. */
  late(lateMs: number, at: number): void {
    this.#holdBack.add(lateMs, at);
  }

  /** Holds the picture back by as much as its boxes need in the exact way, and not at all in the other. */
  hold(now: number): void {
    const receiver = this.#track?.receiver;
    if (!receiver || !('jitterBufferTarget' in receiver)) return;
    const targetMs = this.#layer.way === 'exact' && this.#layer.wanted ? this.#holdBack.targetMs(now) : 0;
    if (targetMs === this.#heldMs) return;
    this.#heldMs = targetMs;
    receiver.jitterBufferTarget = targetMs > 0 ? targetMs : null;
  }

  /** How boxes find their frames now, and what is blurred, in words. */
  get told(): string {
    const { mode, errorMs } = this.#layer.view;
    const { blurred } = this.#layer.shown;
    if (!mode) return blurred.length > 0 ? 'Nothing blurred: no AI is heard' : '';
    const how = mode === 'clock' ? `by the clock, ±${errorMs} ms` : words[mode];
    const held = this.#heldMs > 0 ? `, held back ${this.#heldMs} ms` : '';
    return `Boxes ${how}${held}${blurred.length > 0 ? this.#blurTold(blurred) : ''}`;
  }

  #blurTold(blurred: readonly string[]): string {
    const onFrames = this.#layer.way === 'exact' && this.#layer.view.mode === 'exact';
    return ` · ${blurred.join(', ')} blurred${onFrames ? '' : ', with a wide margin'}`;
  }

  stop(): void {
    this.#stopNames?.();
    this.#stopNames = undefined;
    this.#named = false;
  }
}
