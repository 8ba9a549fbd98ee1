import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Goal } from '../lib/report.ts';
import { median } from '../lib/statistics.ts';
import { inRounds, rate, ratio, type Way } from './rounds.ts';
import { event, type Stage } from './stage.ts';

/** What appends lose to a sealer. It lives in a process of its own that is told of every append whether it seals or not, as the registry is. */
export async function measureSealing(
  stage: Stage,
  load: { rounds: number; seconds: number },
): Promise<{ rows: Record<string, string | number>[]; goals: Goal[] }> {
  const pool = await stage.database('sealed');
  const log = stage.log(pool);
  const sealer = fork(join(import.meta.dirname, 'sealer-process.ts'), {
    env: { ...process.env, DATABASE_URL: String(pool.options.connectionString), STATE: stage.stack.state },
  });
  const tell = async (what: 'seal' | 'rest') => {
    sealer.send(what);
    await once(sealer, 'message');
  };
  const costs: number[] = [];
  const rows: Record<string, string | number>[] = [];
  for (const callers of [1, 32]) {
    const append: Way = (seconds) =>
      rate({ callers, size: 1, seconds }, (caller) => log.append(`sealing-${callers}-${caller}`, 'any', [event(1)]));
    const { alone, followed } = await inRounds(
      {
        alone: (seconds) => tell('rest').then(() => append(seconds)),
        followed: (seconds) => tell('seal').then(() => append(seconds)),
      },
      load,
    );
    costs.push((1 - ratio(followed, alone)) * 100);
    rows.push({
      what: `append, ${callers === 1 ? 'one caller' : `${callers} callers`}, 1 event each, while it is sealed`,
      unit: 'events/s',
      Sightline: Math.round(median(followed)),
      limit: Math.round(median(alone)),
    });
  }
  sealer.kill('SIGKILL');
  return { rows, goals: [{ name: 'sealer_append_cost', value: Math.max(0, ...costs), atMost: 5 }] };
}
