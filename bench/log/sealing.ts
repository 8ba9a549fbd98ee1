import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Goal } from '../lib/report.ts';
import { median } from '../lib/statistics.ts';
import { inRounds, rate, ratio, type Way } from './rounds.ts';
import { event, type Stage } from './stage.ts';

const callers = [1, 32] as const;

/** What appends lose to a sealer that follows them, a process of its own; without it, it stands still. */
export async function measureSealing(
  stage: Stage,
  load: { rounds: number; seconds: number },
): Promise<{ rows: Record<string, string | number>[]; goals: Goal[] }> {
  const [sealed, plain] = [await stage.database('sealed'), await stage.database('unsealed')];
  const sealer = fork(join(import.meta.dirname, 'sealer-process.ts'), {
    env: { ...process.env, DATABASE_URL: String(sealed.options.connectionString), STATE: stage.stack.state },
  });
  await once(sealer, 'message');
  const costs: number[] = [];
  const rows: Record<string, string | number>[] = [];
  for (const many of callers) {
    const [followed, alone] = [appends(stage.log(sealed), many), appends(stage.log(plain), many)];
    const measured = await inRounds(
      {
        alone: (seconds) => {
          sealer.kill('SIGSTOP');
          return alone(seconds);
        },
        followed: (seconds) => {
          sealer.kill('SIGCONT');
          return followed(seconds);
        },
      },
      load,
    );
    costs.push((1 - ratio(measured.followed, measured.alone)) * 100);
    rows.push({
      what: `append, ${many === 1 ? 'one caller' : `${many} callers`}, 1 event each, while it is sealed`,
      unit: 'events/s',
      Sightline: Math.round(median(measured.followed)),
      limit: Math.round(median(measured.alone)),
    });
  }
  sealer.kill('SIGKILL');
  return { rows, goals: [{ name: 'sealer_append_cost', value: Math.max(0, ...costs), atMost: 5 }] };
}

/** Each caller to a stream of its own. */
function appends(log: ReturnType<Stage['log']>, many: number): Way {
  return (seconds) =>
    rate({ callers: many, size: 1, seconds }, (caller) =>
      log.append(`sealing-${many}-${caller}`, 'any', [event(caller)]),
    );
}
