import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** A port of this machine that somebody listens on, and who, when that can be seen. */
export interface TakenPort {
  port: number;
  by: string;
  /** Whether that is a process of this clone. */
  ours: boolean;
}

interface Socket {
  port: number;
  inode: string;
}

/** Which of these ports are taken, TCP or UDP, read from the kernel's tables as `ss -p` does. */
export async function takenPorts(ports: readonly number[]): Promise<TakenPort[]> {
  const tables = await Promise.all(
    ['tcp', 'tcp6', 'udp', 'udp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
  );
  const sockets = tables.flatMap(boundSockets).filter(({ port }) => ports.includes(port));
  const unique = [...new Map(sockets.map((socket) => [socket.port, socket])).values()];
  const holders = unique.length > 0 ? await socketHolders() : new Map<string, string>();
  return Promise.all(unique.map(async ({ port, inode }) => ({ port, ...(await describe(holders.get(inode))) })));
}

/** Listening TCP and bound UDP sockets of one table of /proc/net. */
export function boundSockets(table: string): Socket[] {
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, remote, state]) => local && (state === '0A' || (state === '07' && remote?.endsWith(':0000'))))
    .map(([, local = '', , , , , , , , inode = '']) => ({
      port: Number.parseInt(local.split(':')[1] ?? '', 16),
      inode,
    }));
}

/** The process that holds each socket, by the socket's inode. */
async function socketHolders(): Promise<Map<string, string>> {
  const holders = new Map<string, string>();
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    for (const fd of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      const link = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '');
      const inode = /^socket:\[(\d+)\]$/.exec(link)?.[1];
      if (inode) holders.set(inode, pid);
    }
  }
  return holders;
}

async function describe(pid: string | undefined): Promise<Omit<TakenPort, 'port'>> {
  if (!pid) return { by: 'a process that this user may not see', ours: false };
  const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
  const [name, command] = await Promise.all([read('comm'), read('cmdline')]);
  return { by: `${name.trim()} (process ${pid})`, ours: command.includes(`${root}/`) };
}
