import { aptUnpack } from '../apt.ts';
import { ask, onPath, versionIn } from '../find.ts';
import { goBuild } from '../go.ts';
import { libraryFolders, loaderOf } from '../multiarch.ts';
import type { Tool } from '../tool.ts';
import versions from '../versions.json' with { type: 'json' };
import { writeWrapper } from '../wrapper.ts';

const speaksWhip = async (path: string) => (await ask(path, '-hide_banner', '-h', 'muxer=whip')).includes('WHIP');

/** ffmpeg with the `whip` muxer; started through the C library that it was built for. */
export const ffmpeg: Tool = {
  name: 'ffmpeg',
  purpose: 'carries cameras to LiveKit',
  provides: ['ffmpeg', 'ffprobe'],
  recipe: JSON.stringify(versions.ffmpeg),
  adopt: async () => {
    const [program, probe] = await Promise.all([onPath('ffmpeg'), onPath('ffprobe')]);
    if (!program || !probe || !(await speaksWhip(program))) return undefined;
    await Promise.all([writeWrapper('ffmpeg', { command: [program] }), writeWrapper('ffprobe', { command: [probe] })]);
    return program;
  },
  install: async (tell) => {
    const folder = await aptUnpack({ name: 'ffmpeg', packages: ['ffmpeg'], suite: versions.ffmpeg.suite, tell });
    const loader = [loaderOf(folder), '--library-path', libraryFolders(folder).join(':')];
    for (const name of ['ffmpeg', 'ffprobe'])
      await writeWrapper(name, { command: [...loader, `${folder}/usr/bin/${name}`] });
    return `Debian ${versions.ffmpeg.suite}`;
  },
};

export const livekit: Tool = {
  name: 'livekit-server',
  purpose: 'WebRTC media server',
  provides: ['livekit-server'],
  recipe: versions['livekit-server'],
  adopt: () => adoptExact('livekit-server', versions['livekit-server']),
  install: async (tell) => {
    await goBuild({
      name: 'livekit-server',
      module: 'livekit',
      package: 'github.com/livekit/livekit-server/cmd/server',
      tell,
    });
    return `built ${versions['livekit-server']}`;
  },
};

export const nats: Tool = {
  name: 'nats-server',
  purpose: 'messages between services',
  provides: ['nats-server'],
  recipe: versions['nats-server'],
  adopt: () => adoptExact('nats-server', versions['nats-server']),
  install: async (tell) => {
    await goBuild({ name: 'nats-server', module: 'nats', package: 'github.com/nats-io/nats-server/v2', tell });
    return `built ${versions['nats-server']}`;
  },
};

async function adoptExact(name: string, version: string): Promise<string | undefined> {
  const path = await onPath(name);
  if (!path || versionIn(await ask(path, '--version')) !== version) return undefined;
  await writeWrapper(name, { command: [path] });
  return path;
}
