import { setTimeout as pause } from 'node:timers/promises';
import { accepts } from '@sightline/infra/embedded/ready';
import type { Stack } from '@sightline/infra/embedded/stack';
import { publishersBelow } from '../../tests/support/processes.ts';
import { until } from '../../tests/support/until.ts';

/** What a part is to the pictures: where they come from, what carries them, or what only manages. */
export type Role = 'camera' | 'ffmpeg' | 'control plane' | 'other';

/** Something that dies. */
export interface Part {
  name: string;
  role: Role;
  /** Kills it with -9; its supervisor starts it again. */
  kill(): void;
  /** Kills it with -9 and keeps it dead for so long; resolves once it was started again. Not for what has a supervisor only. */
  hold?(ms: number): Promise<void>;
  /** Resolves when it can be reached again; for what healing is counted from then, not from its start. */
  back?(): Promise<unknown>;
}

const children: readonly [name: string, role: Role, child: string][] = [
  ['camera', 'camera', 'cameras'],
  ['ingress', 'other', 'ingress'],
  ['registry', 'control plane', 'registry'],
  ['events', 'control plane', 'events'],
  ['overlay-gateway', 'control plane', 'overlay-gateway'],
  ['auth', 'control plane', 'auth'],
  ['worker', 'control plane', 'vision'],
  ['LiveKit', 'other', 'livekit'],
  ['NATS', 'control plane', 'nats'],
  ['Redis', 'control plane', 'redis'],
  ['Postgres', 'control plane', 'postgres'],
  ['Caddy', 'other', 'caddy'],
];

/** Everything that a wall leans on. */
export function partsOf(stack: Stack): Part[] {
  const ffmpeg: Part = {
    name: 'ffmpeg',
    role: 'ffmpeg',
    kill: () => {
      for (const pid of publishersBelow([stack.child('ingress').pid])) process.kill(pid, 'SIGKILL');
    },
  };
  const others = children.map(
    ([name, role, child]): Part => ({
      name,
      role,
      kill: () => stack.child(child).kill('SIGKILL'),
      ...(role === 'camera' ? { back: () => until(name, () => accepts(stack.ports.cameras)) } : {}),
      hold: async (ms) => {
        await stack.child(child).hold();
        await pause(ms);
        stack.child(child).start();
      },
    }),
  );
  return [...others.slice(0, 1), ffmpeg, ...others.slice(1)];
}
