import { readdirSync } from 'node:fs';
import { serviceNames } from '@sightline/contracts';
import type { Stack } from '@sightline/infra/embedded/stack';
import type { Pool } from 'pg';
import { familyOf, rssMib } from '../lib/processes.ts';

/** What a process holds at one moment. */
export interface Held {
  /** Resident memory (MiB), of the process alone. */
  rssMib: number;
  /** Open file descriptors. */
  fds: number;
  /** Timers, sockets and the like that keep Node running, or goroutines; undefined where neither is told. */
  handles: number | undefined;
}

/** What the whole stack holds at one moment. */
export interface Holding {
  processes: Record<string, Held>;
  /** Connections of clients to Postgres. */
  postgres: number;
  /** Processes below the ingress: one ffmpeg a camera, and those that look at one. */
  ffmpegs: number;
}

/** The processes that are ours; the others are shown beside them. */
export const ours: readonly string[] = [...serviceNames, 'vision'];

/** Reads what every process of the stack holds, from /proc and its metrics. */
export async function holdingOf(stack: Stack, pool: Pool): Promise<Holding> {
  const processes = await Promise.all(
    stack
      .children()
      .map(async ({ name, pid = 0 }) => [name, { ...heldBy(pid), handles: await handlesOf(stack, name) }]),
  );
  const { rows } = await pool.query<{ count: string }>(
    "select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
  );
  return {
    processes: Object.fromEntries(processes),
    postgres: Number(rows[0]?.count),
    ffmpegs: familyOf(stack.child('ingress').pid ?? 0).length - 1,
  };
}

/** Throws when the process has ended. */
const heldBy = (pid: number): Omit<Held, 'handles'> => ({
  rssMib: rssMib(pid) ?? Number.NaN,
  fds: readdirSync(`/proc/${pid}/fd`).length,
});

/** Node's active resources of a service, goroutines of LiveKit, by their Prometheus metrics. */
async function handlesOf({ ports }: Stack, name: string): Promise<number | undefined> {
  const service = serviceNames.find((each) => each === name);
  if (service) return metric(ports.services[service][0] ?? 0, 'nodejs_active_resources_total');
  return name === 'livekit' ? metric(ports.livekitMetrics, 'go_goroutines') : undefined;
}

async function metric(port: number, name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}
