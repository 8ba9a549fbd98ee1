import { inputArguments } from './input.ts';

/**
 * ffmpeg's whole command line. `copy`: the stream goes on as it is; else it is made H.264 constrained baseline without
 * B-frames, a key frame every two seconds. `whip`: the relay's URL for this attempt, of no use to anybody else.
 */
export function ffmpegArguments({ copy, whip }: { copy: boolean; whip: string }): string[] {
  return [
    '-hide_banner',
    '-nostdin',
    '-loglevel',
    'warning',
    '-progress',
    'pipe:1',
    '-stats_period',
    '0.5',
    ...inputArguments,
    '-map',
    '0:v:0',
    '-an',
    ...(copy ? ['-c:v', 'copy'] : transcode),
    // As the DTLS server it is sent a handshake message again when its last one is late, and from then on its writing waits
    // for whatever comes in: the stream falls behind for ever.
    '-whip_flags',
    'dtls_active',
    '-f',
    'whip',
    whip,
  ];
}

const transcode = [
  '-c:v',
  'libx264',
  '-preset',
  'ultrafast',
  '-tune',
  'zerolatency',
  '-profile:v',
  'baseline',
  '-pix_fmt',
  'yuv420p',
  '-bf',
  '0',
  '-force_key_frames',
  'expr:gte(t,n_forced*2)',
  '-fps_mode',
  'passthrough',
  '-enc_time_base',
  '1:90000',
  '-threads',
  '1',
];
