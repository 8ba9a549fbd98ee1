import { aptUnpack } from '../apt.ts';
import { ask, atLeast, onPath, versionIn } from '../find.ts';
import { libraryFolders } from '../multiarch.ts';
import type { Tool } from '../tool.ts';
import versions from '../versions.json' with { type: 'json' };
import { writeWrapper } from '../wrapper.ts';

interface PlainTool {
  name: 'redis-server' | 'caddy';
  /** Other programs that come with it. */
  besides?: readonly string[];
  purpose: string;
  versionFlag: string;
}

/** A program that any Debian has, taken as it is from the host's own suite. */
function plain({ name, besides = [], purpose, versionFlag }: PlainTool): Tool {
  const { least } = versions[name];
  return {
    name,
    purpose,
    provides: [name, ...besides],
    recipe: [least, ...besides].join(' '),
    adopt: async () => {
      const path = await onPath(name);
      if (!path || !atLeast(versionIn(await ask(path, versionFlag)), least)) return undefined;
      const others = await Promise.all(besides.map(onPath));
      if (others.includes(undefined)) return undefined;
      await Promise.all(
        [name, ...besides].map((each, index) => writeWrapper(each, { command: [[path, ...others][index] ?? path] })),
      );
      return path;
    },
    install: async (tell) => {
      const folder = await aptUnpack({ name, packages: [name], tell });
      const environment = { LD_LIBRARY_PATH: libraryFolders(folder).join(':') };
      for (const each of [name, ...besides])
        await writeWrapper(each, { command: [`${folder}/usr/bin/${each}`], environment });
      return 'Debian package';
    },
  };
}

export const redis = plain({
  name: 'redis-server',
  besides: ['redis-cli'],
  purpose: 'what AI workers write to',
  versionFlag: '--version',
});
export const caddy = plain({ name: 'caddy', purpose: 'the one origin', versionFlag: 'version' });
