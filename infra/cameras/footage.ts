import { access, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';

interface FootageOptions {
  /** vtest.avi of Debian's opencv-doc: pedestrians before a fixed camera. */
  pedestrians: string;
  /** astronaut.png of scikit-image (public domain): a face. */
  face: string;
  /** Where the encoded footage goes. */
  into: string;
  ffmpeg: string;
  onStep?: (name: string) => void;
}

const h264 = [
  '-an',
  '-c:v',
  'libx264',
  '-preset',
  'veryfast',
  '-pix_fmt',
  'yuv420p',
  '-threads',
  '1',
  '-sc_threshold',
  '0',
];
const plain = [...h264, '-profile:v', 'baseline', '-bf', '0'];

/** What each recorded camera shows, as ffmpeg makes it once: a key frame every second. */
function recipes({ pedestrians, face }: FootageOptions): Record<string, string[]> {
  const moving = "[0][1]overlay=x='(W-w)/2+(W-w)/2*sin(t*0.4)':y='(H-h)/2+(H-h)/3*sin(t*0.7)':shortest=1";
  return {
    pedestrians: ['-i', pedestrians, ...plain, '-b:v', '900k', '-g', '10'],
    faces: [
      '-f',
      'lavfi',
      '-i',
      'color=c=0x44484c:s=1280x720:r=15',
      '-loop',
      '1',
      '-framerate',
      '15',
      '-t',
      '31.4',
      '-i',
      face,
      '-filter_complex',
      moving,
      ...plain,
      '-b:v',
      '900k',
      '-g',
      '15',
    ],
    // Quickened to 15 pictures a second, so that each is a new one.
    sub: [
      '-t',
      '45',
      '-i',
      pedestrians,
      '-vf',
      'crop=768:432,scale=640:360,setpts=N/15/TB',
      '-r',
      '15',
      ...plain,
      '-b:v',
      '400k',
      '-g',
      '15',
    ],
    hevc: [
      '-t',
      '20',
      '-i',
      pedestrians,
      '-an',
      '-c:v',
      'libx265',
      '-preset',
      'superfast',
      '-pix_fmt',
      'yuv420p',
      '-b:v',
      '600k',
      '-x265-params',
      'log-level=error:pools=1:frame-threads=1:bframes=0:keyint=10:min-keyint=10:scenecut=0',
    ],
    bframes: ['-i', pedestrians, ...h264, '-profile:v', 'main', '-bf', '2', '-b:v', '900k', '-g', '10'],
  };
}

/** Encodes the footage that the simulator replays; what is there stays. */
export async function makeFootage(options: FootageOptions): Promise<void> {
  const { into, ffmpeg, onStep } = options;
  await mkdir(into, { recursive: true });
  for (const [name, recipe] of Object.entries(recipes(options))) {
    const path = join(into, `${name}.mkv`);
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      continue;
    onStep?.(name);
    const unfinished = `${path}.unfinished.mkv`;
    await execa('nice', [ffmpeg, '-y', '-nostdin', '-loglevel', 'error', ...recipe, unfinished]);
    await rename(unfinished, path);
  }
}
