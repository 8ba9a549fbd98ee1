import { readdirSync, readFileSync } from 'node:fs';

const ticksInSecond = 100;

/** The process and everything below it, by /proc. */
export function familyOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const fields = statOf(Number(name));
    if (fields) parents.set(Number(name), Number(fields[1]));
  }
  const family = [pid];
  for (const member of family) for (const [child, parent] of parents) if (parent === member) family.push(child);
  return family;
}

/** Processor time that a process and everything below it have used so far (s). */
export function cpuSeconds(pid: number): number {
  return familyOf(pid).reduce((total, member) => {
    const fields = statOf(member);
    return total + (fields ? (Number(fields[11]) + Number(fields[12])) / ticksInSecond : 0);
  }, 0);
}

/** Resident memory of a process alone (MiB); undefined when it has ended. */
export function rssMib(pid: number): number | undefined {
  try {
    // One that is just ending has a status without a memory.
    const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kib === undefined ? undefined : Number(kib) / 1024;
  } catch {
    return undefined;
  }
}

/** Fields of /proc/<pid>/stat from the state on (proc(5), field 3 is index 0). */
function statOf(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
