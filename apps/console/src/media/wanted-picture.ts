import type { SourceName } from '@sightline/contracts/detection';
import type { RemoteTrack, RemoteTrackPublication } from 'livekit-client';
import { pause } from '../api/pause.ts';
import { firstPicture } from './first-picture.ts';

/** Called with a camera's track when it comes or another takes its place, and with undefined when it goes. */
export type OnTrack = (track: RemoteTrack | undefined) => void;

interface WantedPictureOptions {
  source: SourceName;
  onTrack: OnTrack;
  /** What stands in the room of the camera now: of one of its sources, or of all. */
  publications(source?: SourceName): RemoteTrackPublication[];
}

/** The media server takes note of a stop before it is asked to start again (ms). */
const noticeMs = 300;
/** What brought no picture is tried again after that: it may have been the camera's doing (ms). */
const uselessMs = 60_000;

/**
 * The picture of one camera that somebody wants. One of its sources is subscribed to: both only from when another is preferred
 * until its first picture is there.
 */
export class WantedPicture {
  readonly #options: Omit<WantedPictureOptions, 'source'>;
  #source: SourceName;
  /** The track that was told last, and the one whose first picture is waited for. */
  #shown: RemoteTrack | undefined;
  #awaited: RemoteTrack | undefined;
  /** A publication that brought no picture when it was to take the place of another: done without for a while. */
  #useless: RemoteTrackPublication | undefined;
  #ended = false;

  constructor({ source, ...options }: WantedPictureOptions) {
    this.#options = options;
    this.#source = source;
  }

  prefer(source: SourceName): void {
    if (source === this.#source) return;
    this.#source = source;
    this.settle();
  }

  /** Subscribes anew. */
  async again(): Promise<void> {
    for (const publication of this.#options.publications()) publication.setSubscribed(false);
    await pause(noticeMs);
    this.settle();
  }

  /** Nobody wants it any more, or somebody else does. */
  end(): void {
    this.#ended = true;
  }

  /** The room has gone, and all that was in it. */
  lose(): void {
    this.#tell(undefined);
  }

  /** Subscribes to the source that serves best of those that are there, and shows it once it has a picture. */
  settle(gone?: RemoteTrack): void {
    if (this.#ended) return;
    const chosen = this.#choose();
    for (const publication of chosen) publication.setSubscribed(true);
    const others = this.#options.publications().filter((each) => !chosen.includes(each));
    const [best, before] = [trackOf(chosen, gone), trackOf(others, gone)];
    if (best && before && this.#shown === before) return this.#change(best);
    if (best) for (const publication of others) publication.setSubscribed(false);
    this.#tell(best ?? before);
  }

  /** Those of the preferred source, or else all; one that brought no picture only where there is no other. */
  #choose(): RemoteTrackPublication[] {
    const { publications } = this.#options;
    const isUseful = (publication: RemoteTrackPublication) => publication !== this.#useless;
    const all = publications();
    const ways = [publications(this.#source).filter(isUseful), all.filter(isUseful), all];
    return ways.find(({ length }) => length > 0) ?? [];
  }

  /** The picture that is shown stays until the better one has begun, which takes until its next key frame. */
  #change(track: RemoteTrack): void {
    if (this.#awaited === track) return;
    this.#awaited = track;
    void firstPicture(track).then((there) => {
      if (this.#awaited !== track) return;
      this.#awaited = undefined;
      if (this.#ended || trackOf(this.#choose()) !== track) return;
      if (there) this.#tell(track);
      else void this.#doWithout(track);
      this.settle();
    });
  }

  async #doWithout(track: RemoteTrack): Promise<void> {
    const useless = this.#options.publications().find((each) => each.track === track);
    this.#useless = useless;
    await pause(uselessMs);
    if (this.#useless !== useless) return;
    this.#useless = undefined;
    this.settle();
  }

  #tell(track: RemoteTrack | undefined): void {
    this.#shown = track;
    this.#options.onTrack(track);
  }
}

/** The newest track of those that have come. */
const trackOf = (publications: readonly RemoteTrackPublication[], gone?: RemoteTrack): RemoteTrack | undefined =>
  publications.findLast(({ track }) => track && track !== gone)?.track;
