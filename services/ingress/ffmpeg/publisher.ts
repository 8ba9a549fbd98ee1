import type { Logger } from '@sightline/service';
import { outcome } from '../outcome.ts';
import type { Publication, Publisher, Publishing } from '../publisher.ts';
import { publishBy } from '../publishing-process.ts';
import { secretsOf } from '../redact.ts';
import type { WhipRelay } from '../whip-relay.ts';
import { ffmpegArguments } from './arguments.ts';
import { classify } from './classify.ts';
import { inputList } from './input.ts';
import { progressReader } from './progress.ts';

interface FfmpegOptions {
  ffmpeg: string;
  relay: WhipRelay;
  logger: Logger;
  now?: () => number;
}

/** Publishes with one ffmpeg a camera: whatever it can decode, transcoded where browsers would not take it as it is. */
export class FfmpegPublisher implements Publisher {
  readonly #options: Required<FfmpegOptions>;

  constructor(options: FfmpegOptions) {
    this.#options = { now: () => performance.now(), ...options };
  }

  start({ url, credentials, media, room, identity }: Publishing): Publication {
    const { ffmpeg, relay, logger, now } = this.#options;
    const way = relay.open({ room, identity });
    return publishBy({
      camera: identity,
      command: [ffmpeg, ...ffmpegArguments({ copy: media.copyable, whip: way.url })],
      input: inputList(url, credentials),
      secrets: secretsOf(credentials),
      transcoded: !media.copyable,
      readerOf: progressReader,
      meaningOf: (words) => classify(words, outcome('connecting', 'ended', 'ffmpeg ended; it is started again.')),
      onEnd: way.close,
      logger,
      now,
    });
  }
}
