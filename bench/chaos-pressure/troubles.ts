import type { Stack } from '@sightline/infra/embedded/stack';
import { Redis } from 'ioredis';
import { familyOf } from '../lib/processes.ts';

/** What may be wrong with a part that everybody leans on, and how long it takes until it is put right. */
export interface Trouble {
  part: 'postgres' | 'redis' | 'nats';
  how: 'gone' | 'slow' | 'full';
  /** Begins it; resolves to how it is ended. */
  begin(stack: Stack): Promise<() => Promise<void>>;
}

/** A slow part works for so long of each cycle, and stands still for the rest (ms). */
const cycle = { workMs: 100, restMs: 900 };

export const troubles: readonly Trouble[] = [
  { part: 'postgres', how: 'slow', begin: slow('postgres') },
  { part: 'postgres', how: 'gone', begin: gone('postgres') },
  { part: 'redis', how: 'slow', begin: slow('redis') },
  { part: 'redis', how: 'full', begin: redisFull },
  { part: 'redis', how: 'gone', begin: gone('redis') },
  { part: 'nats', how: 'slow', begin: slow('nats') },
  { part: 'nats', how: 'gone', begin: gone('nats') },
];

function gone(part: Trouble['part']): Trouble['begin'] {
  return async (stack) => {
    await stack.child(part).hold();
    return async () => stack.child(part).start();
  };
}

/** All processes of the part stand still most of the time: whoever asks waits, and no connection breaks. */
function slow(part: Trouble['part']): Trouble['begin'] {
  return async (stack) => {
    let timer: NodeJS.Timeout;
    const send = (signal: NodeJS.Signals) => {
      for (const pid of familyOf(stack.child(part).pid ?? 0)) signalTo(pid, signal);
    };
    const rest = () => {
      send('SIGSTOP');
      timer = setTimeout(work, cycle.restMs);
    };
    const work = () => {
      send('SIGCONT');
      timer = setTimeout(rest, cycle.workMs);
    };
    rest();
    return async () => {
      clearTimeout(timer);
      send('SIGCONT');
    };
  };
}

/** One that has ended meanwhile needs no signal. */
function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {}
}

/** Redis may use no more memory than it does: it refuses what would take some. */
async function redisFull({ ports, secrets }: Stack): Promise<() => Promise<void>> {
  const redis = new Redis(`redis://admin:${secrets.redis.admin}@127.0.0.1:${ports.redis}`);
  const [, before = ''] = (await redis.config('GET', 'maxmemory')) as string[];
  await redis.config('SET', 'maxmemory', '1');
  return async () => {
    await redis.config('SET', 'maxmemory', before);
    redis.disconnect();
  };
}
