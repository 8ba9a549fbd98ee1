import { readdir, readFile, readlink } from 'node:fs/promises';
import { accepts } from './embedded/ready.ts';

/** A port of 127.0.0.1 that somebody listens on, and who, when that can be seen. */
export interface TakenPort {
  port: number;
  by: string;
}

/** Which of these ports are taken. */
export async function takenPorts(ports: readonly number[]): Promise<TakenPort[]> {
  const busy = await Promise.all(ports.map(async (port) => ((await accepts(port)) ? port : undefined)));
  return Promise.all(
    busy.filter((port) => port !== undefined).map(async (port) => ({ port, by: await listenerOf(port) })),
  );
}

/** Finds the listening process through /proc, as `ss -p` does. */
async function listenerOf(port: number): Promise<string> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
  );
  const rows = tables
    .join('\n')
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const inodes = new Set(
    rows
      .filter(([, local, , state]) => state === '0A' && local?.endsWith(`:${hex}`))
      .map((row) => `socket:[${row[9]}]`),
  );
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const fd of descriptors) {
      const link = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '');
      if (inodes.has(link)) return `${(await readFile(`/proc/${pid}/comm`, 'utf8')).trim()} (process ${pid})`;
    }
  }
  return 'a process that this user may not see';
}
