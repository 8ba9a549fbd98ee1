import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceNames } from '@sightline/contracts';
import { clearState } from '@sightline/infra/embedded/clear';
import { type Stack, type StackOptions, startStack } from '@sightline/infra/embedded/stack';

/** A stack in a folder of its own; `end` stops it and takes the folder away. */
export interface System {
  stack: Stack;
  end(): Promise<void>;
}

const parts = ['postgres', 'redis', 'nats', 'livekit', 'caddy'] as const;
const every = (copies: number) => Object.fromEntries(serviceNames.map((name) => [name, copies]));

/** Starts a stack for tests: every part but cameras, one of each service, unless told otherwise. */
export async function startSystem(options: Partial<StackOptions> & { copies?: number } = {}): Promise<System> {
  const state = await mkdtemp(join(tmpdir(), 'sightline-'));
  const { copies = 1, ...rest } = options;
  const stack = await startStack({ state, parts, services: every(copies), ...rest });
  return {
    stack,
    end: async () => {
      await stack.close();
      await clearState(state);
    },
  };
}

/** The same with the camera simulator. */
export const startSystemWithCameras = (options: Partial<StackOptions> & { copies?: number } = {}): Promise<System> =>
  startSystem({ parts: [...parts, 'cameras'], ...options });
