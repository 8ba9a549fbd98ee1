import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { makeFootage } from '../../cameras/footage.ts';
import { footageFolder } from '../../embedded/cameras.ts';
import { aptUnpack } from '../apt.ts';
import { exists } from '../find.ts';
import { libraryFolders, multiarch } from '../multiarch.ts';
import { binFolder, root, toolsFolder } from '../paths.ts';
import type { Tool } from '../tool.ts';
import versions from '../versions.json' with { type: 'json' };
import { writeWrapper } from '../wrapper.ts';
import { visionPython } from './python.ts';

const packages = [
  'gir1.2-gst-rtsp-server-1.0',
  'gstreamer1.0-plugins-base',
  'gstreamer1.0-plugins-good',
  'gstreamer1.0-plugins-bad',
  'gstreamer1.0-plugins-ugly',
  'gstreamer1.0-x',
  'gstreamer1.0-rtsp',
  'python3-gi',
];
const simulator = join(root, 'infra', 'cameras', 'simulator.py');
const systemPython = '/usr/bin/python3';
const trial =
  "import gi; gi.require_version('GstRtspServer','1.0'); from gi.repository import Gst; Gst.init(None); assert Gst.ElementFactory.find('x264enc') and Gst.ElementFactory.find('h264parse') and Gst.ElementFactory.find('rtph264pay')";

/** The camera simulator: GStreamer's RTSP server driven by Debian's own python3. */
export const cameras: Tool = {
  name: 'camera-simulator',
  purpose: 'RTSP cameras of demo and tests',
  provides: ['camera-simulator'],
  recipe: packages.join(' '),
  adopt: async () => {
    if (process.env.SIGHTLINE_HOST_TOOLS === 'off') return undefined;
    const { failed } = await execa(systemPython, ['-c', trial], { reject: false, timeout: 20_000 });
    if (failed) return undefined;
    await writeWrapper('camera-simulator', { command: [systemPython, simulator] });
    return systemPython;
  },
  install: async (tell) => {
    const folder = await aptUnpack({ name: 'gstreamer', packages, tell });
    const libraries = `${folder}/usr/lib/${multiarch}`;
    const hostHasPython = await exists(systemPython);
    await writeWrapper('camera-simulator', {
      command: [hostHasPython ? systemPython : `${folder}${systemPython}`, simulator],
      environment: {
        LD_LIBRARY_PATH: libraryFolders(folder).join(':'),
        PYTHONPATH: `${folder}/usr/lib/python3/dist-packages`,
        ...(hostHasPython ? {} : { PYTHONHOME: `${folder}/usr` }),
        GI_TYPELIB_PATH: `${libraries}/girepository-1.0:/usr/lib/${multiarch}/girepository-1.0`,
        GST_PLUGIN_SYSTEM_PATH: `${libraries}/gstreamer-1.0:/usr/lib/${multiarch}/gstreamer-1.0`,
        GST_PLUGIN_SCANNER: `${libraries}/gstreamer1.0/gstreamer-1.0/gst-plugin-scanner`,
        GST_REGISTRY: join(toolsFolder, 'gstreamer-registry.bin'),
      },
    });
    return 'Debian packages';
  },
};

/** Pedestrians of Debian's opencv-doc and a face of scikit-image, encoded once for the simulator to replay. */
export const footage: Tool = {
  name: 'footage',
  purpose: 'what the cameras show',
  provides: [],
  recipe: `opencv-doc scikit-image ${versions['scikit-image']} 3`,
  install: async (tell) => {
    tell('fetching pedestrians and faces');
    const folder = await aptUnpack({ name: 'opencv-doc', packages: ['opencv-doc'], tell });
    const face = await fetchFace();
    await makeFootage({
      pedestrians: join(folder, 'usr/share/doc/opencv-doc/examples/data/vtest.avi'),
      face,
      into: footageFolder,
      ffmpeg: join(binFolder, 'ffmpeg'),
      onStep: (name) => tell(`encoding ${name}`),
    });
    return 'encoded';
  },
};

/** A photograph of NASA that the wheel of scikit-image carries. */
async function fetchFace(): Promise<string> {
  const folder = join(toolsFolder, 'scikit-image');
  await mkdir(folder, { recursive: true });
  const flags = ['--quiet', '--no-deps', '--only-binary=:all:', '--python-version', '3.11', '--dest', folder];
  await execa(visionPython, ['-m', 'pip', 'download', ...flags, `scikit-image==${versions['scikit-image']}`]);
  const unpack =
    "import glob, zipfile, sys; zipfile.ZipFile(glob.glob(sys.argv[1] + '/*.whl')[0]).extract('skimage/data/astronaut.png', sys.argv[1])";
  await execa(visionPython, ['-c', unpack, folder]);
  return join(folder, 'skimage', 'data', 'astronaut.png');
}
