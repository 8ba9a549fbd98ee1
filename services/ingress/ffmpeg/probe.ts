import type { Credentials } from '@sightline/contracts';
import { parseJson } from '@sightline/service';
import { execa } from 'execa';
import { z } from 'zod';
import { bareEnvironment } from '../child-environment.ts';
import { FeedError, outcome } from '../outcome.ts';
import type { Probed } from '../publisher.ts';
import { redact, secretsOf } from '../redact.ts';
import { classify } from './classify.ts';
import { inputArguments, inputList } from './input.ts';

const timeoutMs = 12_000;
/** Questions and answers that pass before the first picture comes. */
const roundTrips = 8;

const Answer = z.object({
  streams: z.array(
    z.object({
      codec_name: z.string().default('unknown'),
      width: z.number().default(0),
      height: z.number().default(0),
      has_b_frames: z.number().default(0),
      pix_fmt: z.string().optional(),
      avg_frame_rate: z.string().default('0/0'),
      r_frame_rate: z.string().default('0/0'),
    }),
  ),
});

interface ProbeOptions {
  ffprobe: string;
  url: URL;
  credentials: Credentials | undefined;
  /** How long an answer takes on this way (ms). */
  roundTripMs: number;
  signal: AbortSignal;
}

/** Reads the beginning of a source. Throws {@link FeedError} with what a site engineer should know. */
export async function probe({ ffprobe, url, credentials, roundTripMs, signal }: ProbeOptions): Promise<Probed> {
  const patienceMs = timeoutMs + roundTrips * roundTripMs;
  const { stdout, stderr, timedOut } = await execa(
    'setpriv',
    [
      '--pdeathsig',
      'KILL',
      '--',
      ffprobe,
      '-hide_banner',
      '-loglevel',
      'error',
      ...inputArguments,
      '-select_streams',
      'v:0',
      '-show_streams',
      '-of',
      'json',
    ],
    {
      ...bareEnvironment,
      input: inputList(url, credentials),
      timeout: patienceMs,
      cancelSignal: signal,
      reject: false,
      forceKillAfterDelay: 1_000,
    },
  );
  signal.throwIfAborted();
  if (timedOut)
    throw new FeedError(
      outcome('unreachable', 'no_picture', `The camera sent no picture within ${Math.round(patienceMs / 1000)} s.`),
    );
  const video = Answer.safeParse(parseJson(stdout)).data?.streams[0];
  if (!video) {
    const tail = redact(stderr, secretsOf(credentials)).trim().split('\n').at(-1) ?? '';
    const nothing = outcome(
      'unsupported',
      'no_video',
      `No video was found in this stream${tail ? `: ${tail.slice(0, 200)}` : '.'}`,
    );
    throw new FeedError(classify(stderr, nothing));
  }
  return toProbed(video);
}

function toProbed(video: z.infer<typeof Answer>['streams'][number]): Probed {
  const eightBit = video.pix_fmt === undefined || /^yuvj?420p$/.test(video.pix_fmt);
  return {
    codec: video.codec_name,
    width: video.width,
    height: video.height,
    framesPerSecond: rate(video.r_frame_rate) ?? rate(video.avg_frame_rate),
    copyable: video.codec_name === 'h264' && video.has_b_frames === 0 && eightBit,
  };
}

function rate(text: string): number | null {
  const [frames = 0, seconds = 0] = text.split('/').map(Number);
  const value = frames / seconds;
  return Number.isFinite(value) && value > 0 && value <= 240 ? Math.round(value * 100) / 100 : null;
}
