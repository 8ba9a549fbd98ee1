import { type Logger, parseJson } from '@sightline/service';
import { z } from 'zod';
import { byLine } from '../lines.ts';
import { meaningOfCode } from '../meanings.ts';
import { type Outcome, outcome } from '../outcome.ts';
import type { Publication, Publisher, Publishing } from '../publisher.ts';
import { type Progress, publishBy } from '../publishing-process.ts';
import { secretsOf } from '../redact.ts';
import type { WhipRelay } from '../whip-relay.ts';

interface PassThroughOptions {
  /** Path of the program made from this folder. */
  program: string;
  relay: WhipRelay;
  logger: Logger;
  now?: () => number;
}

/** A line of the program's standard output. */
const Line = z.union([
  z.object({ frames: z.int().nonnegative(), mediaMs: z.number() }),
  z.object({ ended: z.string() }),
]);

const restarted = outcome('connecting', 'ended', 'The stream ended; it is opened again.');

/**
 * Publishes H.264 without B-frames packet by packet, one process a camera: a picture leaves with its last packet, where
 * ffmpeg waits for the next picture to begin.
 */
export class PassThroughPublisher implements Publisher {
  readonly #options: Required<PassThroughOptions>;

  constructor(options: PassThroughOptions) {
    this.#options = { now: () => performance.now(), ...options };
  }

  start({ url, credentials, room, identity }: Publishing): Publication {
    const { program, relay, logger, now } = this.#options;
    const way = relay.open({ room, identity });
    let last: Outcome = restarted;
    return publishBy({
      camera: identity,
      command: [program],
      input: JSON.stringify({
        url: url.href,
        username: credentials?.username,
        password: credentials?.password,
        whip: way.url,
      }),
      secrets: secretsOf(credentials),
      transcoded: false,
      readerOf: (onProgress) =>
        lineReader(onProgress, (code) => {
          last = meaningOfCode(code, restarted);
        }),
      meaningOf: () => last,
      onEnd: way.close,
      logger,
      now,
    });
  }
}

/** Reads the program's lines as they come. */
export function lineReader(
  onProgress: (progress: Progress) => void,
  onEnding: (code: string) => void,
): (chunk: string) => void {
  return byLine((text) => {
    const { data: line } = Line.safeParse(parseJson(text));
    if (!line) return;
    if ('ended' in line) onEnding(line.ended);
    else onProgress({ frames: line.frames, positionMs: line.mediaMs });
  });
}
