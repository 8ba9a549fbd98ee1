import { aptUnpack } from '../apt.ts';
import { ask, atLeast, onPath, versionIn } from '../find.ts';
import { libraryFolders, loaderCommand } from '../multiarch.ts';
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

/** A program that any Debian has, taken as it is: from the host's own suite, unless a newer one is named. */
function plain({ name, besides = [], purpose, versionFlag }: PlainTool): Tool {
  const { least, suite }: { least: string; suite?: string } = versions[name];
  return {
    name,
    purpose,
    provides: [name, ...besides],
    recipe: [suite ?? '', least, ...besides].join(' ').trim(),
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
      const folder = await aptUnpack({ name, packages: [name], suite, tell });
      const environment = { LD_LIBRARY_PATH: libraryFolders(folder).join(':') };
      for (const each of [name, ...besides]) {
        const program = `${folder}/usr/bin/${each}`;
        await writeWrapper(
          each,
          suite ? { command: [...loaderCommand(folder), program] } : { command: [program], environment },
        );
      }
      return suite ? `Debian ${suite}` : 'Debian package';
    },
  };
}

export const redis = plain({
  name: 'redis-server',
  besides: ['redis-cli'],
  purpose: 'what AI workers write to',
  versionFlag: '--version',
});
/** Older ones do not send a request with a body to another copy when the first is dead (caddyserver/caddy#7546). */
export const caddy = plain({ name: 'caddy', purpose: 'the one origin', versionFlag: 'version' });
