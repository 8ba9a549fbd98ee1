import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { onPath } from '../tools/find.ts';
import { root, toolsFolder } from '../tools/paths.ts';
import { SetupError } from '../tools/progress.ts';

/** What builds and runs images: Docker where its engine answers, else podman with a store of its own below `.tools`. */
export interface Engine {
  name: string;
  /** Program and first arguments. */
  command: readonly [string, ...string[]];
  /** Flags of `build` that this engine needs. */
  buildFlags: readonly string[];
  env: Record<string, string>;
}

const podmanSettings = `[containers]
cgroups = "disabled"
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
[engine]
runtime = "crun"
cgroup_manager = "cgroupfs"
events_logger = "file"
`;

/** In a mount namespace of its own, where half-made control groups of a container that we are in do not disturb it. */
const alone = 'umount /sys/fs/cgroup/unified 2>/dev/null; exec podman "$@"';

/** Finds an engine. Throws when there is none. */
export async function findEngine(): Promise<Engine> {
  const docker = await execa('docker', ['info'], { reject: false, timeout: 10_000 });
  if (!docker.failed) return { name: 'docker', command: ['docker'], buildFlags: [], env: {} };
  const missing = [];
  for (const program of ['podman', 'crun', 'buildah']) if (!(await onPath(program))) missing.push(program);
  if (missing.length > 0)
    throw new SetupError(
      `No Docker engine answers, and ${missing.join(', ')} is not there.`,
      'start Docker, or apt-get install podman crun buildah (and debootstrap where no registry of images is reached), then run npm run compose:check again',
    );
  const folder = join(toolsFolder, 'podman');
  await mkdir(folder, { recursive: true });
  const settings = join(folder, 'containers.conf');
  await writeFile(settings, podmanSettings);
  const store = ['--root', join(folder, 'root'), '--runroot', join(folder, 'run')];
  const isolated = ['unshare', '-m', '-p', '-f', '--mount-proc', '--kill-child', 'sh', '-c', alone, 'sh'] as const;
  return {
    name: 'podman',
    command: process.getuid?.() === 0 ? [...isolated, ...store] : ['podman', ...store],
    buildFlags: ['--pull=never', '--network=host', '--format', 'docker'],
    env: { CONTAINERS_CONF: settings },
  };
}

/** Runs the engine to its end and returns what it said. */
export async function engine({ command, env }: Engine, args: readonly string[]): Promise<string> {
  const [program, ...first] = command;
  const { all } = await execa(program, [...first, ...args], { all: true, cwd: root, env, stdin: 'ignore' });
  return all;
}
