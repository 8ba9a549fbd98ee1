import { setTimeout as pause } from 'node:timers/promises';
import { cpuSeconds } from '../lib/processes.ts';
import { percentile } from '../lib/statistics.ts';
import type { Feeder } from './feeder.ts';
import type { Crowd, Way } from './servers.ts';

/** What came of one measurement. */
export interface Outcome {
  /** Boxes delivered a second, by the server's processor second, and that second's share of a core. */
  perSecond: number;
  perCore: number;
  cores: number;
  p50: number;
  p99: number;
}

interface Trial {
  crowd: Crowd;
  feeder: Feeder;
  ways: readonly Way[];
  /** Sockets at each of the ways. */
  sockets: number;
  seconds: number;
  /** How many more sockets are opened and never read from. */
  stalled?: number;
}

/** Lets a crowd come, feeds it, counts for some seconds once it is served, and lets it go. */
export async function trial({ crowd, feeder, ways, sockets, seconds, stalled = 0 }: Trial): Promise<Outcome> {
  for (const way of ways) await crowd.open(way, sockets);
  for (const way of stalled > 0 ? ways : []) await crowd.open(way, stalled, { unwatched: true });
  if (stalled > 0) await crowd.stall(stalled);
  feeder.start();
  await pause(1_000);
  const used = () => ways.flatMap((way) => way.pids()).reduce((sum, pid) => sum + cpuSeconds(pid), 0);
  await crowd.clear();
  const [before, started] = [used(), performance.now()];
  await pause(seconds * 1_000);
  const { deliveries, ages } = await crowd.report();
  const [cpu, elapsed] = [used() - before, (performance.now() - started) / 1_000];
  feeder.stop();
  await crowd.leave();
  await pause(500);
  return {
    perSecond: deliveries / elapsed,
    perCore: deliveries / Math.max(cpu, 0.01),
    cores: cpu / elapsed,
    p50: percentile(ages, 0.5),
    p99: percentile(ages, 0.99),
  };
}
