import { setTimeout as pause } from 'node:timers/promises';
import { rssMib } from '../lib/processes.ts';
import { median } from '../lib/statistics.ts';
import type { Crowd, Way } from './servers.ts';

/** What one more socket costs its server in resident memory (bytes), once it is warm: the growth by a whole crowd. */
export async function bytesPerSocket(crowd: Crowd, way: Way, sockets: number): Promise<number> {
  await crowd.open(way, Math.ceil(sockets / 2));
  const before = await resident(way);
  await crowd.open(way, sockets);
  const after = await resident(way);
  await crowd.leave();
  return (after - before) / sockets;
}

async function resident(way: Way): Promise<number> {
  const samples: number[] = [];
  for (let sample = 0; sample < 5; sample += 1) {
    await pause(500);
    samples.push(way.pids().reduce((sum, pid) => sum + (rssMib(pid) ?? Number.NaN) * 2 ** 20, 0));
  }
  return median(samples);
}
