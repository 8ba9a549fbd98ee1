import { readdirSync, readFileSync } from 'node:fs';

/** Command lines of every process that anybody can read, by process id. */
export function commandLines(): Map<number, string> {
  const lines = new Map<number, string>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      lines.set(Number(name), readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' '));
    } catch {
      // It has ended in between.
    }
  }
  return lines;
}

/** Processes that publish a camera for an ingress: children of one of these. */
export function publishersBelow(ancestors: readonly (number | undefined)[]): number[] {
  const found: number[] = [];
  for (const [pid, line] of commandLines()) {
    if (/-f whip|\/pass-through/.test(line) && ancestors.includes(parentOf(pid))) found.push(pid);
  }
  return found;
}

/** A process and all that it has started, directly or not, and that still runs. */
export function descendantsOf(ancestor: number): number[] {
  const found = new Set([ancestor]);
  // Process ids grow, but may wrap: look until nothing new is found.
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const pid of commandLines().keys()) if (found.has(parentOf(pid) ?? 0)) found.add(pid);
  }
  return [...found];
}

/** The parent of a process; undefined when it has ended. */
export function parentOf(pid: number): number | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}
