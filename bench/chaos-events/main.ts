import { setTimeout as pause } from 'node:timers/promises';
import type { Stack } from '@sightline/infra/embedded/stack';
import { startLanes } from '../../tests/support/lanes.ts';
import { benchOptions } from '../lib/options.ts';
import { report } from '../lib/report.ts';
import { storedGoals } from './stored.ts';
import { Workers } from './workers.ts';

const { quick } =
  benchOptions(`Kills workers, Redis, events, Postgres, NATS and gateways (kill -9) at random under load, then
holds what Redis acknowledged against what is stored.

  npm run chaos:events            three minutes
  npm run chaos:events -- --quick ten seconds, for CI
`);
const load = quick
  ? { seconds: 10, everyMs: [300, 1_000], drainMs: 90_000 }
  : { seconds: 180, everyMs: [200, 2_500], drainMs: 180_000 };
const cameras = ['cam1', 'cam2', 'cam3', 'cam4'];
const victims = ['worker', 'redis', 'events', 'events-2', 'postgres', 'nats', 'overlay-gateway', 'overlay-gateway-2'];

async function main(): Promise<void> {
  const lanes = await startLanes(cameras, { parts: ['postgres', 'redis', 'nats', 'caddy'] });
  const { stack } = lanes.system;
  try {
    const workers = new Workers(stack, { count: 2, cameras, everyMs: 5 });
    const kills = await rampage(stack, workers);
    await workers.stop();
    const rows = [...kills].map(([victim, times]) => ({ killed: victim, times }));
    report('chaos-events', rows, await storedGoals(lanes.pool, workers.acknowledged, load.drainMs));
  } finally {
    await lanes.end();
  }
}

/** Kills somebody every now and then; returns how often each was. */
async function rampage(stack: Stack, workers: Workers): Promise<Map<string, number>> {
  const kills = new Map<string, number>();
  const [shortest = 0, longest = 0] = load.everyMs;
  for (const end = performance.now() + load.seconds * 1_000; performance.now() < end; ) {
    await pause(shortest + Math.random() * (longest - shortest));
    const victim = victims[Math.floor(Math.random() * victims.length)] ?? '';
    if (victim === 'worker') workers.killOne();
    else stack.child(victim).kill('SIGKILL');
    kills.set(victim, (kills.get(victim) ?? 0) + 1);
  }
  return kills;
}

await main();
