import { join } from 'node:path';
import { execa } from 'execa';

const tools = join(import.meta.dirname, '..', '..', '.tools', 'bin');
export const tool = (name: string): string => join(tools, name);

/** A coded picture as a client of a camera got it; `pts` and `dts` in 1/90000 s. */
export interface Packet {
  pts: number;
  dts: number;
  key: boolean;
  hash: string;
}

/** Reads a camera by RTSP for so many seconds of its own time; fails with what ffprobe says. */
export async function packetsOf(url: string, seconds: number, signal?: AbortSignal): Promise<Packet[]> {
  const { stdout } = await execa(
    tool('ffprobe'),
    [
      ...['-v', 'error', '-rtsp_transport', 'tcp', '-select_streams', 'v:0', '-read_intervals', `%+${seconds}`],
      ...['-show_entries', 'packet=pts,dts,flags,data_hash', '-show_data_hash', 'crc32', '-of', 'json', url],
    ],
    { timeout: 40_000, ...(signal ? { cancelSignal: signal } : {}) },
  );
  const { packets } = JSON.parse(stdout);
  // The first packets of a session may come before their time is known.
  const timed = packets.filter(({ pts }: { pts?: number }) => pts !== undefined);
  return timed.map(({ pts, dts, flags, data_hash }: Record<string, unknown>) => ({
    pts: Number(pts),
    dts: Number(dts),
    key: String(flags).startsWith('K'),
    hash: String(data_hash),
  }));
}

/** Footage of two seconds in place of the demo's, so that it is soon at its end. */
export async function makeShortFootage(folder: string): Promise<void> {
  const encode = (name: string, ...options: string[]) =>
    execa(tool('ffmpeg'), [
      ...['-nostdin', '-loglevel', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=320x240:r=10:d=2', '-pix_fmt', 'yuv420p'],
      ...['-g', '10', ...options, join(folder, `${name}.mkv`)],
    ]);
  const h264 = (profile: string, bFrames: string) => ['-c:v', 'libx264', '-profile:v', profile, '-bf', bFrames];
  await encode('pedestrians', ...h264('baseline', '0'));
  await encode('faces', ...h264('baseline', '0'));
  await encode('bframes', ...h264('main', '2'));
  await encode('hevc', '-c:v', 'libx265', '-x265-params', 'log-level=error:bframes=0:keyint=10');
}
