import type { Logger } from '@sightline/service';
import { Lag } from '@sightline/timing';
import { execa } from 'execa';
import { bareEnvironment } from './child-environment.ts';
import type { Outcome } from './outcome.ts';
import type { Publication } from './publisher.ts';
import { redact } from './redact.ts';

/** How fast the clocks of a camera and of this machine may part without anything being late: more than any quartz does. */
const drift = 0.0002;

/** How far a publishing process says it has come: pictures sent, and its position in the stream (ms). */
export interface Progress {
  frames: number;
  positionMs: number;
}

interface ProcessOptions {
  /** For the log: whose camera it is, and what carries it. */
  camera: string;
  command: readonly [string, ...string[]];
  /** What it is told on standard input, where neither `ps` nor a log can see it. */
  input: string;
  secrets: readonly string[];
  transcoded: boolean;
  /** Reads its standard output as it comes. */
  readerOf(onProgress: (progress: Progress) => void): (chunk: string) => void;
  /** What its end means, told its last words on standard error. */
  meaningOf(words: string): Outcome;
  /** Called once it has ended. */
  onEnd(): void;
  logger: Logger;
  now(): number;
}

const tailLength = 4_000;

/** Publishes a camera by a process of its own. It dies with this one, whatever becomes of it (`setpriv --pdeathsig`). */
export function publishBy(options: ProcessOptions): Publication {
  const { camera, command, secrets, logger, now } = options;
  const stats = { frames: 0, lastFrameAt: undefined as number | undefined, transcoded: options.transcoded };
  const child = execa('setpriv', ['--pdeathsig', 'KILL', '--', ...command], {
    ...bareEnvironment,
    input: options.input,
    buffer: false,
    reject: false,
    forceKillAfterDelay: 1_500,
    stripFinalNewline: false,
  });
  let tail = '';
  const lag = new Lag({ drift });
  const read = options.readerOf(({ frames, positionMs }) => {
    if (frames <= stats.frames) return;
    lag.see(positionMs, now());
    Object.assign(stats, { frames, lastFrameAt: now() });
  });
  child.stdout.setEncoding('utf8').on('data', read);
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + redact(text, secrets)).slice(-tailLength);
  });
  const ended = child.then((result): Outcome => {
    options.onEnd();
    const words = tail.trim().split('\n').slice(-3).join(' · ') || result.shortMessage || 'nothing said';
    logger.info({ camera, exitCode: result.exitCode, signal: result.signal, words }, 'publication ended');
    return options.meaningOf(tail);
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
