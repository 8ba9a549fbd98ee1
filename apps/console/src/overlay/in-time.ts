import type { BoxMode } from '@sightline/contracts/http/skew';
import type { NamedFrame } from '../media/named-frame.ts';
import { coverMs, coversOf } from './cover.ts';
import type { PlacedObject } from './motion.ts';
import { SeenFrames } from './seen-frames.ts';
import { Sender, senderOf } from './sender.ts';
import { type Arrived, type DisplayedFrame, Timing } from './timing.ts';

/** What belongs on the displayed picture, and how sure that is. */
export interface InTimeView {
  /** The least certain of the modes of those who send now; undefined while nobody does. */
  mode: BoxMode | undefined;
  /** How wrong the frame may be (ms). */
  errorMs: number;
  objects: readonly PlacedObject[];
  /** What has to be covered of the classes that were asked for. */
  covers: readonly PlacedObject[];
  /** How far the drawn boxes were carried from an analysed frame (ms); in `arrival`, how long ago they came. */
  carriedMs: number;
}

interface Covering {
  sender: Sender;
  mode: BoxMode;
  placed: { objects: readonly PlacedObject[] };
  displayed: DisplayedFrame;
  covered: readonly string[];
}

/** Told of each detection that found its frame: how long after the frame it came (ms). */
export type OnLate = (lateMs: number, at: number) => void;

const modes: readonly BoxMode[] = ['exact', 'clock', 'arrival'];
/** Who has not been heard for this long sends no more (ms). */
const goneMs = 5_000;

/** The boxes of one camera, each on its frame. Chooses by itself, for each worker, how frames are told apart. */
export class InTime {
  readonly #frames = new SeenFrames();
  readonly #senders = new Map<string, Sender>();
  readonly #arrival = new Map<string, Timing>();
  readonly #onLate: OnLate;

  constructor(onLate: OnLate = () => undefined) {
    this.#onLate = onLate;
  }

  /** Whether somebody sends boxes: none are drawn of whom was not heard for a while. */
  get heard(): boolean {
    return this.#senders.size > 0;
  }

  /** Frames of the watched track as they come; a track that began anew is told by {@link restart}. */
  addFrames(frames: readonly NamedFrame[]): void {
    for (const frame of frames) {
      this.#frames.add(frame);
      for (const sender of this.#senders.values()) sender.addFrame(frame.rtp, frame.receivedAt);
    }
    const now = frames.at(-1)?.receivedAt ?? 0;
    for (const sender of this.#senders.values()) sender.retry(this.#frames, now);
  }

  /** Another track: nothing that was learned of the last one holds. */
  restart(): void {
    this.#frames.clear();
    this.#senders.clear();
  }

  add(arrived: Arrived): void {
    const name = senderOf(arrived.detection);
    const sender = this.#senders.get(name) ?? this.#meet(name);
    const found = sender.add(arrived, this.#frames);
    const frame = found && this.#frames.at(found.rtp);
    if (frame) this.#onLate(arrived.at - frame.receivedAt, arrived.at);
    const arrival = this.#arrival.get(name) ?? new Timing();
    this.#arrival.set(name, arrival);
    arrival.add(arrived);
  }

  /** What to draw on a displayed frame, and what to cover there of some classes. */
  view(displayed: DisplayedFrame, covered: readonly string[] = []): InTimeView {
    const found = { objects: [] as PlacedObject[], covers: [] as PlacedObject[] };
    const view = { mode: undefined as BoxMode | undefined, errorMs: 0, carriedMs: 0, ...found };
    for (const [name, sender] of this.#senders) {
      if (displayed.now - sender.heardAt > goneMs) {
        this.#leave(name);
        continue;
      }
      const mode = displayed.rtpTimestamp === undefined ? 'arrival' : sender.mode;
      const placed = mode === 'arrival' ? this.#newest(name, displayed) : sender.place(displayed.rtpTimestamp ?? 0);
      view.objects.push(...placed.objects);
      if (covered.length > 0) view.covers.push(...this.#covers({ sender, mode, placed, displayed, covered }));
      if (placed.objects.length > 0) view.carriedMs = Math.max(view.carriedMs, placed.carriedMs);
      view.errorMs = Math.max(view.errorMs, mode === 'clock' ? sender.errorMs : 0);
      if (!view.mode || modes.indexOf(mode) > modes.indexOf(view.mode)) view.mode = mode;
    }
    return view;
  }

  #covers({ sender, mode, placed: { objects }, displayed, covered }: Covering): PlacedObject[] {
    const near = mode === 'arrival' ? [] : sender.near(displayed.rtpTimestamp ?? 0, coverMs);
    return coversOf(objects, near, covered);
  }

  #newest(name: string, displayed: DisplayedFrame) {
    const chosen = this.#arrival.get(name)?.choose(displayed) ?? [];
    const objects = chosen.flatMap(({ detection }) => detection.objects.map((each) => ({ ...each, predicted: false })));
    return { objects, carriedMs: Math.max(0, ...chosen.map(({ at }) => displayed.now - at)) };
  }

  #meet(name: string): Sender {
    const sender = new Sender();
    this.#senders.set(name, sender);
    for (const { rtp, receivedAt } of this.#frames.all()) sender.addFrame(rtp, receivedAt);
    return sender;
  }

  #leave(name: string): void {
    this.#senders.delete(name);
    this.#arrival.delete(name);
  }
}
