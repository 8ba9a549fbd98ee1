import type { Credentials, DesiredCamera, FeedMedia } from '@sightline/contracts';
import { pause } from '@sightline/service';
import { BackOff } from './back-off.ts';
import type { Probed } from './ffmpeg/probe.ts';
import { FeedError, type Outcome, outcome } from './outcome.ts';
import type { Publication, Publisher } from './publisher.ts';

/** A camera that is to run. */
export type Wanted = DesiredCamera & { tombstone: false };

/** What a feed does its work with; nothing in here knows of ffmpeg. */
export interface FeedDeps {
  publisher: Publisher;
  /** Resolves the address and asks the camera whether it is there. Throws {@link FeedError}. */
  reach(camera: Wanted): Promise<URL>;
  open(sealed: string): Credentials;
  probe(source: { url: URL; credentials: Credentials | undefined; signal: AbortSignal }): Promise<Probed>;
  /** Whether a video track of this camera stands in the room. */
  inRoom(room: string, identity: string): Promise<boolean>;
  report(outcome: Outcome, media: FeedMedia | undefined): void;
  now(): number;
  log(message: string, error: unknown): void;
}

const lookEveryMs = 250;
const stalledAfterMs = 5_000;
const firstPictureMs = 12_000;
const healthyMs = 10_000;

/** The longest pause before another attempt (ms): a camera that comes back is seen soon, a wrong password locks nobody out. */
const longestPauseMs = { unauthorised: 30_000, unsupported: 60_000, other: 3_000 } as const;

/** Keeps one camera in its room: attempt after attempt until it is stopped, saying what it is and why. */
export class Feed {
  readonly #camera: Wanted;
  readonly #deps: FeedDeps;
  readonly #backOff = new BackOff();
  readonly #stopped = new AbortController();
  readonly #running: Promise<void>;
  #said: Outcome | undefined;
  #media: Probed | undefined;

  constructor(camera: Wanted, deps: FeedDeps) {
    this.#camera = camera;
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
      const longest =
        ended.state === 'unauthorised' || ended.state === 'unsupported'
          ? longestPauseMs[ended.state]
          : longestPauseMs.other;
      await pause(this.#backOff.next(longest), signal);
    }
  }

  /** One attempt, from asking the camera to the end of its publication. Never throws. */
  async #attempt(signal: AbortSignal): Promise<Outcome> {
    try {
      if (!this.#said || this.#said.state === 'live')
        this.#say(outcome('connecting', 'connecting', 'Connecting to the camera.'));
      const url = await this.#deps.reach(this.#camera);
      const credentials = this.#camera.credentials ? this.#deps.open(this.#camera.credentials) : undefined;
      this.#media ??= await this.#deps.probe({ url, credentials, signal });
      const { area: room, camera: identity } = this.#camera;
      const publication = this.#deps.publisher.start({ url, credentials, media: this.#media, room, identity });
      return await this.#watch(publication, signal);
    } catch (error) {
      if (error instanceof FeedError) return error.outcome;
      if (!signal.aborted) this.#deps.log('feed attempt failed', error);
      return outcome('connecting', 'internal', 'Something went wrong in the ingress; trying again.');
    }
  }

  /** Follows a publication until it ends, stalls, or is stopped. */
  async #watch(publication: Publication, signal: AbortSignal): Promise<Outcome> {
    const started = this.#deps.now();
    const ended = { outcome: undefined as Outcome | undefined };
    void publication.ended.then((last) => {
      ended.outcome = last;
    });
    try {
      while (!signal.aborted) {
        if (ended.outcome) return this.#afterEnd(ended.outcome);
        const stalled = await this.#look(publication, started);
        if (stalled) return stalled;
        await Promise.race([pause(lookEveryMs, signal), publication.ended]);
      }
      return outcome('connecting', 'stopped', 'Stopped.');
    } finally {
      await publication.stop();
    }
  }

  /** What was found by probing may have changed when a publication came to nothing. */
  #afterEnd(last: Outcome): Outcome {
    if (this.#said?.state !== 'live') this.#media = undefined;
    return last;
  }

  async #look(publication: Publication, started: number): Promise<Outcome | undefined> {
    const { lastFrameAt } = publication.stats();
    const now = this.#deps.now();
    const silentMs = now - (lastFrameAt ?? started);
    if (silentMs > (lastFrameAt === undefined ? firstPictureMs : stalledAfterMs)) {
      this.#media = undefined;
      const since = `${Math.round(silentMs / 1000)} s`;
      return outcome(
        'stalled',
        'no_picture',
        `The camera is connected, but has sent no picture for ${since}; connecting again.`,
      );
    }
    if (lastFrameAt === undefined || !(await this.#deps.inRoom(this.#camera.area, this.#camera.camera)))
      return undefined;
    this.#say(this.#live());
    if (now - started > healthyMs) this.#backOff.reset();
    return undefined;
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
