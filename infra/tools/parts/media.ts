import { join } from 'node:path';
import { aptUnpack } from '../apt.ts';
import { ask, onPath, versionIn } from '../find.ts';
import { goBuild, moduleKey } from '../go.ts';
import { loaderCommand } from '../multiarch.ts';
import { root } from '../paths.ts';
import type { Tool } from '../tool.ts';
import versions from '../versions.json' with { type: 'json' };
import { writeWrapper } from '../wrapper.ts';

const wrapper = (module: string) => join(import.meta.dirname, '..', 'go', module);

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
    for (const name of ['ffmpeg', 'ffprobe'])
      await writeWrapper(name, { command: [...loaderCommand(folder), `${folder}/usr/bin/${name}`] });
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
      folder: wrapper('livekit'),
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
    await goBuild({
      name: 'nats-server',
      folder: wrapper('nats'),
      package: 'github.com/nats-io/nats-server/v2',
      tell,
    });
    return `built ${versions['nats-server']}`;
  },
};

/** The sources of our own Go program. */
export const passThroughFolder = join(root, 'services', 'ingress', 'pass-through');

/** Our own program that carries H.264 as it is; built here, never adopted. */
export const passThrough: Tool = {
  name: 'pass-through',
  purpose: 'carries H.264 to LiveKit as it is',
  provides: ['pass-through'],
  recipe: await moduleKey(passThroughFolder, process.arch),
  install: async (tell) => {
    await goBuild({ name: 'pass-through', folder: passThroughFolder, package: '.', tell });
    return 'built from services/ingress/pass-through';
  },
};

async function adoptExact(name: string, version: string): Promise<string | undefined> {
  const path = await onPath(name);
  if (!path || versionIn(await ask(path, '--version')) !== version) return undefined;
  await writeWrapper(name, { command: [path] });
  return path;
}
