import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { type Goal, isMet } from '../lib/report.ts';
import type { Loss } from './tally.ts';

const page = join(import.meta.dirname, '..', '..', 'docs', 'chaos.md');
const [begin, end] = ['<!-- chaos:heal -->', '<!-- /chaos:heal -->'];

/** Puts what a run has shown between the two marks in docs/chaos.md. */
export async function writeTable(
  rows: readonly Record<string, string | number>[],
  goals: readonly Goal[],
  loss: Loss,
): Promise<void> {
  const text = await readFile(page, 'utf8');
  const [before, after] = [text.split(begin)[0], text.split(end)[1]];
  if (before === undefined || after === undefined) throw new Error(`expected ${begin} and ${end} in ${page}`);
  const load = loadavg().map((value) => value.toFixed(1));
  const run = `Run of ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC on ${cpus().length} processors, load ${load.join(', ')} (1, 5, 15 min) at its end. ${loss.detections} detections and ${loss.commands} commands were acknowledged.`;
  const met = goals.map((goal) => ({
    goal: `\`${goal.name}\` ≤ ${goal.atMost}`,
    measured: Math.round(goal.value * 100) / 100,
    met: isMet(goal) ? 'yes' : '**no**',
  }));
  const body = [begin, run, '', tableOf(rows), '', tableOf(met), end].join('\n');
  await writeFile(page, before + body + after);
}

function tableOf(rows: readonly Record<string, string | number>[]): string {
  const names = Object.keys(rows[0] ?? {});
  const lines = [names, names.map(() => '---'), ...rows.map((row) => names.map((name) => row[name]))];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
