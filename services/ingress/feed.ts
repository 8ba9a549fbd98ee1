import {
  type Credentials,
  type DesiredCamera,
  type FeedMedia,
  identityOf,
  type SourceName,
} from '@sightline/contracts';
import { pause } from '@sightline/service';
import { BackOff } from '@sightline/timing';
import { meaningOf } from './meanings.ts';
import { FeedError, type Outcome, outcome } from './outcome.ts';
import type { Probed, Publication, Publisher } from './publisher.ts';
import type { CameraSource, Reach, ReachableSource } from './reach.ts';

/** A camera that is to run. */
export type Wanted = DesiredCamera & { tombstone: false };

/** What a feed does its work with; nothing in here knows of ffmpeg. */
export interface FeedDeps {
  publisher: Publisher;
  reach: Reach;
  open(sealed: string): Credentials;
  probe(source: ReachableSource & { credentials: Credentials | undefined; signal: AbortSignal }): Promise<Probed>;
  /** Whether the media server takes streams now: nothing is started in vain. */
  mediaServerAnswers(): Promise<boolean>;
  /** Whether a video track of this identity stands in the room; undefined while the media server cannot be asked. */
  inRoom(room: string, identity: string): Promise<boolean | undefined>;
  report(outcome: Outcome, media: FeedMedia | undefined): void;
  /** How old its pictures are at least when they leave here (ms); absent where nobody asks. */
  reportLag?: (lagMs: number) => void;
  now(): number;
  log(message: string, error: unknown): void;
}

const lookEveryMs = 250;
/** Longer than a line that holds everything back for five seconds, which is late and not stalled (ms). */
const stalledAfterMs = 7_000;
const firstPictureMs = 12_000;
/** Questions and answers of RTSP before the first picture. */
const roundTrips = 6;
/** A media server that has let a stream go, or lost it with all else, does not tell ffmpeg, which goes on (ms). */
const missingAfterMs = 4_000;
/** A stream that has fallen so far behind, for so long, is begun anew: what waits on the way is given up (ms). */
const behind = { byMs: 2_000, forMs: 60_000 } as const;
const healthyMs = 10_000;
/** An answer that took longer makes pictures late (ms), and is asked for again after a while: the way may have been slow for a moment. */
const slowWay = { fromMs: 500, askAgainMs: 10_000 } as const;

const firstPauseMs = 300;
/** The longest pause before another attempt (ms): a camera that comes back is seen soon, a wrong password locks nobody out. */
const longestPauseMs = { unauthorised: 30_000, unsupported: 60_000, other: 1_500 } as const;

/** A publication that is followed. */
interface Attempt {
  publication: Publication;
  source: CameraSource;
  roundTripMs: number;
  /** When that was asked for. */
  askedAt: number;
  started: number;
  /** When its pictures were last not late. */
  keptUpAt?: number;
  /** When it was last seen in its room; before that, when its first picture was sent. */
  inRoomAt?: number;
}

/** Keeps one source of a camera in its room: attempt after attempt until it is stopped, saying what it is and why. */
export class Feed {
  readonly #camera: Wanted;
  readonly #url: string;
  readonly #identity: string;
  readonly #deps: FeedDeps;
  readonly #backOff = new BackOff({ firstMs: firstPauseMs, longestMs: longestPauseMs.other });
  readonly #stopped = new AbortController();
  readonly #running: Promise<void>;
  #said: Outcome | undefined;
  #media: Probed | undefined;

  constructor(camera: Wanted, deps: FeedDeps, source: SourceName = 'main') {
    this.#camera = camera;
    this.#url = (camera.sources[source] ?? camera.sources.main).url;
    this.#identity = identityOf(camera.camera, source);
    this.#deps = deps;
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    if (!this.#camera.enabled) return this.#say(outcome('disabled', 'disabled', 'The camera is switched off.'));
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      const ended = await this.#attempt(signal);
      if (signal.aborted) return;
      this.#say(ended);
      const longestMs =
        ended.state === 'unauthorised' || ended.state === 'unsupported'
          ? longestPauseMs[ended.state]
          : longestPauseMs.other;
      await pause(this.#backOff.next({ longestMs }), signal);
    }
  }

  /** One attempt, from asking the camera to the end of its publication. Never throws. */
  async #attempt(signal: AbortSignal): Promise<Outcome> {
    try {
      if (!this.#said || this.#said.state === 'live')
        this.#say(outcome('connecting', 'connecting', 'Connecting to the camera.'));
      const credentials = this.#camera.credentials ? this.#deps.open(this.#camera.credentials) : undefined;
      const source = { url: this.#url, credentials };
      const { url, roundTripMs } = await this.#deps.reach(source, signal);
      this.#media ??= await this.#deps.probe({ url, roundTripMs, credentials, signal });
      if (!(await this.#deps.mediaServerAnswers())) return meaningOf('media_server');
      const { area: room } = this.#camera;
      const target = { room, identity: this.#identity };
      const publication = this.#deps.publisher.start({ url, credentials, media: this.#media, ...target });
      const started = this.#deps.now();
      return await this.#watch({ publication, source, roundTripMs, askedAt: started, started }, signal);
    } catch (error) {
      if (error instanceof FeedError) return error.outcome;
      if (!signal.aborted) this.#deps.log('feed attempt failed', error);
      return outcome('connecting', 'internal', 'Something went wrong in the ingress; trying again.');
    }
  }

  /** Follows a publication until it ends, stalls, or is stopped. */
  async #watch(attempt: Attempt, signal: AbortSignal): Promise<Outcome> {
    const { publication } = attempt;
    const ended = { outcome: undefined as Outcome | undefined };
    const over = new AbortController();
    const wake = () => over.abort();
    signal.addEventListener('abort', wake, { once: true, signal: over.signal });
    void publication.ended.then((last) => {
      ended.outcome = last;
      wake();
    });
    try {
      while (!signal.aborted) {
        if (ended.outcome) return this.#afterEnd(ended.outcome);
        const broken = this.#brokenOf(attempt) ?? (await this.#look(attempt));
        if (broken) return broken;
        void this.#askAgain(attempt, signal);
        // Not a race with `ended`: what outlives thousands of races keeps them all.
        await pause(lookEveryMs, over.signal);
      }
      return outcome('connecting', 'stopped', 'Stopped.');
    } finally {
      wake();
      await publication.stop();
    }
  }

  /** What was found by probing may have changed when a publication came to nothing. */
  #afterEnd(last: Outcome): Outcome {
    if (this.#said?.state !== 'live') this.#media = undefined;
    return last;
  }

  /** What is wrong with a publication that goes on and yet brings nothing, or only what is long past. */
  #brokenOf(attempt: Attempt): Outcome | undefined {
    const { lastFrameAt, lagMs } = attempt.publication.stats();
    const now = this.#deps.now();
    const silentMs = now - (lastFrameAt ?? attempt.started);
    const patienceMs = lastFrameAt === undefined ? firstPictureMs + roundTrips * attempt.roundTripMs : stalledAfterMs;
    if (lagMs <= behind.byMs) attempt.keptUpAt = now;
    if (silentMs > patienceMs) {
      this.#media = undefined;
      const since = `${Math.round(silentMs / 1000)} s`;
      return outcome(
        'stalled',
        'no_picture',
        `The camera is connected, but has sent no picture for ${since}; connecting again.`,
      );
    }
    if (now - (attempt.keptUpAt ?? now) <= behind.forMs) return undefined;
    const by = `${Math.round(lagMs / 1000)} s`;
    return outcome('stalled', 'behind', `The pictures have fallen ${by} behind; connecting again to catch up.`);
  }

  /** Says that it is live when it is; tells what is wrong when the media server does not have what is sent to it. */
  async #look(attempt: Attempt): Promise<Outcome | undefined> {
    const { publication, started, roundTripMs } = attempt;
    const { lastFrameAt, lagMs } = publication.stats();
    if (lastFrameAt === undefined) return undefined;
    const there = await this.#deps.inRoom(this.#camera.area, this.#identity);
    const now = this.#deps.now();
    if (there !== false) attempt.inRoomAt = now;
    attempt.inRoomAt ??= lastFrameAt;
    if (there) {
      this.#say(this.#live());
      this.#deps.reportLag?.(Math.max(lagMs, roundTripMs));
      if (now - started > healthyMs) this.#backOff.reset();
    }
    if (now - attempt.inRoomAt <= missingAfterMs) return undefined;
    return outcome('connecting', 'media_server', 'The media server does not have the stream; publishing it again.');
  }

  /** Asks anew how slow the way is, when it was: nothing else tells that it is slow no more. */
  async #askAgain(attempt: Attempt, signal: AbortSignal): Promise<void> {
    const isDue = this.#deps.now() - attempt.askedAt > slowWay.askAgainMs;
    if (!this.#deps.reportLag || attempt.roundTripMs < slowWay.fromMs || !isDue) return;
    attempt.askedAt = Number.POSITIVE_INFINITY;
    try {
      attempt.roundTripMs = (await this.#deps.reach(attempt.source, signal)).roundTripMs;
    } catch (error) {
      // Pictures come, whatever this one answer was.
      if (!(error instanceof FeedError)) this.#deps.log('a slow way could not be asked again', error);
    }
    attempt.askedAt = this.#deps.now();
  }

  #live(): Outcome {
    if (this.#media?.copyable !== false) return outcome('live', 'live', 'Live.');
    return outcome(
      'live',
      'transcoded',
      `Live, transcoded from ${this.#media.codec}: set the camera to H.264 without B-frames to save the processor.`,
    );
  }

  #say(said: Outcome): void {
    if (this.#said?.state === said.state && this.#said.reason.code === said.reason.code) return;
    this.#said = said;
    this.#deps.report(said, this.#media && toMedia(this.#media));
  }
}

function toMedia({ codec, width, height, framesPerSecond, copyable }: Probed): FeedMedia {
  return { codec, width, height, framesPerSecond, transcoded: !copyable };
}
