import type { Logger } from '@sightline/service';
import { execa } from 'execa';
import { Lag } from '../lag.ts';
import { type Outcome, outcome } from '../outcome.ts';
import type { Publication, Publisher, Publishing } from '../publisher.ts';
import type { WhipRelay } from '../whip-relay.ts';
import { ffmpegArguments } from './arguments.ts';
import { classify } from './classify.ts';
import { inputList } from './input.ts';
import { progressReader } from './progress.ts';
import { redact } from './redact.ts';

interface FfmpegOptions {
  ffmpeg: string;
  relay: WhipRelay;
  logger: Logger;
  now?: () => number;
}

const tailLength = 4_000;

/** Publishes with one ffmpeg a camera. It dies with this process, whatever becomes of it (`setpriv --pdeathsig`). */
export class FfmpegPublisher implements Publisher {
  readonly #options: Required<FfmpegOptions>;

  constructor(options: FfmpegOptions) {
    this.#options = { now: () => performance.now(), ...options };
  }

  start({ url, credentials, media, room, identity }: Publishing): Publication {
    const { ffmpeg, relay, logger, now } = this.#options;
    const way = relay.open({ room, identity });
    const arguments_ = ffmpegArguments({ copy: media.copyable, whip: way.url });
    const stats = { frames: 0, lastFrameAt: undefined as number | undefined, transcoded: !media.copyable };
    const child = execa('setpriv', ['--pdeathsig', 'KILL', '--', ffmpeg, ...arguments_], {
      input: inputList(url, credentials),
      buffer: false,
      reject: false,
      forceKillAfterDelay: 1_500,
      stripFinalNewline: false,
    });
    let tail = '';
    const lag = new Lag();
    const read = progressReader(({ frames, outTimeUs }) => {
      if (frames <= stats.frames) return;
      lag.see(outTimeUs / 1_000, now());
      Object.assign(stats, { frames, lastFrameAt: now() });
    });
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      tail = (tail + redact(text, credentials ? [credentials.password] : [])).slice(-tailLength);
    });
    const ended = child.then((result): Outcome => {
      way.close();
      const words = tail.trim().split('\n').slice(-3).join(' · ') || result.shortMessage || 'nothing said';
      logger.info({ camera: identity, exitCode: result.exitCode, signal: result.signal, words }, 'ffmpeg ended');
      return classify(tail, outcome('connecting', 'ended', 'ffmpeg ended; it is started again.'));
    });
    return {
      stats: () => ({ ...stats, lagMs: lag.ms }),
      ended,
      stop: async () => {
        child.kill('SIGTERM');
        await ended;
      },
    };
  }
}
